// Asks axe of a page; of the contrast of its words only where their colours are none of those `known` to be right.
//
// Words have the same colours if the colour, size and weight of their letters are the same, and all that their element
// and those around it paint behind them. Where axe cannot tell (a picture is behind the words, say) nothing becomes
// known, so that other words of these colours are asked. The result is what is wrong, and the colours that are right.
async ({ known, asked }) => {
    const OWN = ["color", "fontSize", "fontWeight", "textShadow", "fill"];
    const AROUND = ["backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode", "position", "zIndex"];
    const told = (style, names) => names.map(name => style[name]).join(" ");
    const earlier = new Set(known), looks = new Map();
    const walk = (one, behind) => {
        const style = getComputedStyle(one);
        const look = `${behind}|${told(style, AROUND)}`;
        const whole = `${told(style, OWN)}${look}`;
        const words = [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        const read = words || one.matches("input, select, textarea");
        if (read) looks.set(one, whole);
        one.toggleAttribute("data-asked", read && !earlier.has(whole));
        for (const child of one.children) walk(child, look);
    };
    walk(document.body, told(getComputedStyle(document.documentElement), AROUND));
    axe.configure({ rules: [{ id: "color-contrast", selector: "[data-asked]" }] });
    const found = await axe.run(document, { resultTypes: ["violations", "passes"], elementRef: true, ...asked });
    const wrong = found.violations.filter(one => ["serious", "critical"].includes(one.impact));
    const of = (results, id) => results.filter(one => one.id === id).flatMap(one => one.nodes)
        .map(node => looks.get(node.element));
    const bad = new Set(of(found.violations, "color-contrast"));
    return {
        wrong: wrong.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`),
        right: [...new Set(of(found.passes, "color-contrast"))].filter(look => look && !bad.has(look)),
    };
}
