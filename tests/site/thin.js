// Thins a page whose rows, items and marks are alike, so that a check of each element is quick: of the children of an
// element that are alike, two stay (stripes come by twos).
//
// Alike are elements whose tags, classes, styles, roles and languages are the same all the way down, that have the
// same attributes, and of which each attribute and each text is filled or blank in both. So what differs from its
// neighbours in anything that can be a fault stays, and so does whatever a label or an aria attribute names.
// The result is how many elements the page had.
() => {
    const LOOKS = new Set(["class", "style", "fill", "stroke", "role", "type", "scope", "lang", "tabindex", "hidden"]);
    const named = new Set();
    const all = [...document.querySelectorAll("*")];
    for (const one of all) {
        for (const { name, value } of one.attributes) {
            if (name === "for" || name.startsWith("aria-")) value.split(/\s+/).forEach(id => named.add(id));
        }
    }
    const told = ({ name, value }) => {
        if (LOOKS.has(name)) return `${name}=${value}`;
        // of an aria attribute the words are its own affair, but not whether it is true or false
        const short = name.startsWith("aria-") && value.length < 6;
        return short ? `${name}=${value}` : `${name}${value.trim() ? "" : " blank"}`;
    };
    const shapes = new Map();
    const shape = one => {
        const own = [...one.attributes].filter(({ name, value }) => name !== "id" || named.has(value))
            .map(attribute => attribute.name === "id" ? `id=${attribute.value}` : told(attribute));
        const inner = new Set();
        for (const child of one.childNodes) {
            if (child.nodeType === Node.TEXT_NODE && child.data.trim()) inner.add("text");
            if (child.nodeType === Node.ELEMENT_NODE) inner.add(shape(child));
        }
        const whole = `<${one.tagName} ${own.join(" ")}>${[...inner].sort().join("")}</>`;
        shapes.set(one, whole);
        return whole;
    };
    const thin = one => {
        const seen = new Map();
        for (const child of [...one.children]) {
            const key = shapes.get(child);
            seen.set(key, (seen.get(key) || 0) + 1);
            if (seen.get(key) > 2) child.remove();
            else thin(child);
        }
    };
    shape(document.body);
    thin(document.body);
    return all.length;
}
