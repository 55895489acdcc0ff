/** The script of the report: plain JavaScript for browsers. Without it everything but search and zoom works. */

/** Source text. */
export const SCRIPT = `
(function () {
    "use strict";
    var all = function (selector, root) { return Array.from((root || document).querySelectorAll(selector)); };
    all("[data-script]").forEach(function (element) { element.hidden = false; });

    var canvas = document.getElementById("canvas");
    var diagram = canvas && canvas.querySelector("svg");
    if (diagram) {
        var actual = Number(diagram.getAttribute("width"));
        var press = function (mode) {
            all("[data-zoom][aria-pressed]").forEach(function (button) {
                button.setAttribute("aria-pressed", String(button.dataset.zoom === mode));
            });
        };
        var show = function (width, mode) {
            canvas.classList.add("zoomed");
            diagram.style.width = width;
            press(mode);
        };
        var zoom = function (mode) {
            var now = diagram.getBoundingClientRect().width;
            if (mode === "fit") { show("100%", mode); }
            else if (mode === "actual") { show(actual + "px", mode); }
            else { show(Math.max(160, Math.min(actual * 4, now * (mode === "in" ? 1.25 : 0.8))) + "px", mode); }
        };
        all("[data-zoom]").forEach(function (button) {
            button.addEventListener("click", function () { zoom(button.dataset.zoom); });
        });
        canvas.scrollLeft = (canvas.scrollWidth - canvas.clientWidth) / 2;
        press(Math.abs(diagram.getBoundingClientRect().width - actual) < 1 ? "actual" : canvas.scrollWidth <= canvas.clientWidth ? "fit" : "");
    }

    var tree = document.getElementById("tree");
    var input = document.getElementById("search");
    var found = document.getElementById("found");
    var items = all("li[data-search]", tree);
    var own = function (item) { return item.firstElementChild; };
    var before = null;
    var timer = 0;
    var filter = function () {
        var query = input.value.trim();
        var words = query.toLowerCase().split(/\\s+/).filter(Boolean);
        if (words.length > 0 && before === null) {
            before = items.map(function (item) { return own(item).open; });
        }
        var shown = new Set();
        var hits = 0;
        items.slice().reverse().forEach(function (item) {
            var hit = words.every(function (word) { return item.dataset.search.includes(word); });
            var below = shown.has(item);
            item.hidden = !hit && !below;
            item.classList.toggle("hit", hit && words.length > 0);
            hits += hit ? 1 : 0;
            if (words.length > 0) { own(item).open = below; }
            var parent = item.parentElement.closest("li[data-search]");
            if (!item.hidden && parent) { shown.add(parent); }
        });
        if (words.length === 0 && before !== null) {
            items.forEach(function (item, index) { own(item).open = before[index]; });
            before = null;
        }
        clearTimeout(timer);
        timer = setTimeout(function () {
            found.textContent = words.length === 0 ? items.length + " resources"
                : hits === 0 ? "No resource matches " + query
                : hits + " of " + items.length + " resources";
        }, 150);
    };
    input.addEventListener("input", filter);
    all("[data-tree]").forEach(function (button) {
        button.addEventListener("click", function () {
            items.forEach(function (item) { own(item).open = button.dataset.tree === "open"; });
        });
    });

    var reveal = function () {
        var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
        if (!target || !target.matches("li[data-search]")) { return; }
        if (target.hidden || target.closest("li[hidden]")) { input.value = ""; filter(); }
        for (var at = target.parentElement; at && at !== tree; at = at.parentElement) {
            if (at.localName === "details") { at.open = true; }
        }
        own(target).open = true;
        own(target).firstElementChild.focus({ preventScroll: true });
        target.scrollIntoView({ block: "start" });
    };
    window.addEventListener("hashchange", reveal);
    document.addEventListener("click", function (event) {
        var link = event.target.closest && event.target.closest("a[href^='#']");
        if (link && link.getAttribute("href") === location.hash) { reveal(); }
    });
    reveal();

    var closed = [];
    window.addEventListener("beforeprint", function () {
        closed = all("details.component:not([open])");
        closed.forEach(function (details) { details.open = true; });
    });
    window.addEventListener("afterprint", function () {
        closed.forEach(function (details) { details.open = false; });
        closed = [];
    });
})();
`;
