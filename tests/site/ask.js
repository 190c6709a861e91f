// Asks axe of a page; of the contrast of its words only where their colours are none of those `known` to be right.
//
// Words have the same colours if the colour, size and weight of their letters are the same, and all that their element
// and those around it paint behind them, and so do others that lie where they are. Of words of the same colours the
// first that can be seen are asked, in drawings all. Where axe cannot tell (a picture is behind the words, say) nothing
// becomes known, so that the others of these colours are asked too. The result is what is wrong, and the colours that
// are right.
//
// What this would miss: words whose colours were right elsewhere, but that have something behind them that is no
// element's own style, as the ground of a ::before, a shadow or a border-image, or that stand on another place of the
// same gradient. Nor is a rule asked whose faults are only moderate or minor.
async ({ known, asked }) => {
    const GRAVE = ["serious", "critical"], CONTRAST = "color-contrast";
    const OWN = ["color", "fontSize", "fontWeight", "textShadow", "fill"];
    const AROUND = ["backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode", "position", "zIndex"];
    const told = (style, names) => names.map(name => style[name]).join(" ");
    const looks = new Map(), painted = [];
    const paints = (one, style) => !one.ownerSVGElement && (style.backgroundImage !== "none"
        || !/^(transparent|rgba\(.*, 0\))$/.test(style.backgroundColor) || one.matches("img, svg, canvas, video, iframe"));
    const walk = (one, behind) => {
        const style = getComputedStyle(one);
        const look = `${behind}|${told(style, AROUND)}`;
        const words = [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (paints(one, style)) painted.push({ one, look, box: one.getBoundingClientRect() });
        if (words || one.matches("input, select, textarea")) looks.set(one, `${told(style, OWN)}${look}`);
        for (const child of one.children) walk(child, look);
    };
    walk(document.body, told(getComputedStyle(document.documentElement), AROUND));
    for (const [one, look] of looks) {
        const box = one.getBoundingClientRect();
        const others = painted.filter(other => other.box.left < box.right && other.box.right > box.left
            && other.box.top < box.bottom && other.box.bottom > box.top
            && !other.one.contains(one) && !one.contains(other.one));
        looks.set(one, [look, ...others.map(other => other.look)].join("|beside"));
    }
    const right = new Set(known), wrong = new Set(), faults = [];
    const ask = async (elements, options) => {
        for (const one of looks.keys()) one.toggleAttribute("data-asked", elements.has(one));
        const found = await axe.run(document, { resultTypes: ["violations", "passes"], elementRef: true, ...options });
        const of = results => results.filter(one => one.id === CONTRAST).flatMap(one => one.nodes)
            .map(node => looks.get(node.element));
        of(found.violations).forEach(look => wrong.add(look));
        of(found.passes).filter(Boolean).forEach(look => right.add(look));
        faults.push(...found.violations.filter(one => GRAVE.includes(one.impact)));
    };
    axe.configure({ rules: [{ id: CONTRAST, selector: "[data-asked]" }] });
    // a rule's impact, where it has one, is that of each of its faults
    const small = axe._audit.rules.filter(({ impact }) => impact && !GRAVE.includes(impact)).map(({ id }) => id);
    const rules = Object.fromEntries(small.map(id => [id, { enabled: false }]));
    const open = [...looks.keys()].filter(one => !right.has(looks.get(one)));
    const begun = new Set();
    const first = new Set(open.filter(one => {
        const look = looks.get(one);
        const seen = one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length;
        if (!seen || one.ownerSVGElement) return true; // axe decides whether the one is seen, and tells little of the other
        return !begun.has(look) && begun.add(look);
    }));
    await ask(first, asked.runOnly ? asked : { rules });
    const left = open.filter(one => !first.has(one) && !right.has(looks.get(one)) && !wrong.has(looks.get(one)));
    if (left.length) await ask(new Set(left), { runOnly: [CONTRAST] });
    return {
        wrong: faults.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`),
        right: [...right].filter(look => !wrong.has(look)),
    };
}
