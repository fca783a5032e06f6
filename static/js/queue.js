/* Comfort in the queue: keys, and a bar that follows the chosen rows. Every step is a link or a button without it. */
(function () {
    "use strict";

    var rows = Array.prototype.slice.call(document.querySelectorAll("[data-row]"));
    var boxes = Array.prototype.slice.call(document.querySelectorAll("[data-choose]"));
    var all = document.querySelector("[data-choose-all]");
    var bar = document.querySelector("[data-bulk]");
    var keys = document.getElementById("keys");
    var OFF = "keys-off";

    /* On a narrow screen the tab that is open may lie outside. */
    var tab = document.querySelector(".tabs [aria-current]");
    if (tab) { tab.scrollIntoView({ block: "nearest", inline: "center" }); }

    /* A menu closes on Escape and on a press elsewhere. */
    document.addEventListener("click", function (event) {
        document.querySelectorAll(".menu[open]").forEach(function (menu) {
            if (!menu.contains(event.target)) { menu.open = false; }
        });
    });
    document.addEventListener("keydown", function (event) {
        if (event.key !== "Escape") { return; }
        document.querySelectorAll(".menu[open]").forEach(function (menu) {
            menu.open = false;
            menu.querySelector("summary").focus();
        });
    });

    /* --- Chosen rows --- */
    function count() {
        var number = boxes.filter(function (box) { return box.checked; }).length;
        if (!bar) { return; }
        bar.classList.toggle("bulk-idle", number === 0);
        bar.querySelector("[data-bulk-none]").hidden = true;
        bar.querySelector("[data-bulk-some]").hidden = false;
        bar.querySelector("[data-bulk-number]").textContent = String(number);
        all.checked = number === boxes.length;
        all.indeterminate = number > 0 && number < boxes.length;
    }

    if (bar) {
        all.hidden = false;
        bar.classList.add("bulk-live");
        bar.querySelector("[data-bulk-all]").hidden = true;
        all.addEventListener("change", function () {
            boxes.forEach(function (box) { box.checked = all.checked; });
            count();
        });
        boxes.forEach(function (box) { box.addEventListener("change", count); });
        /* Coming back, a browser restores the boxes after this file ran. */
        window.addEventListener("pageshow", count);
        count();
    }

    /* --- Keys, on pages that explain them --- */
    if (!keys) { return; }

    function areOff() {
        try { return window.localStorage.getItem(OFF) === "yes"; } catch (error) { return false; }
    }

    function here() {
        return rows.findIndex(function (row) { return row.contains(document.activeElement); });
    }

    function go(step) {
        var at = here();
        var next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
        if (!rows[next]) { return; }
        rows[next].querySelector("[data-open]").focus();
        rows[next].scrollIntoView({ block: "nearest" });
    }

    function press(what) {
        var row = rows[here()];
        var target = row && row.querySelector(what);
        if (target) { target.click(); }
    }

    var actions = {
        j: function () { go(1); },
        k: function () { go(-1); },
        o: function () { press("[data-open]"); },
        c: function () { press("[data-claim]"); },
        x: function () { press("[data-choose]"); },
        "/": function () {
            var search = document.querySelector("input[type=search]");
            if (search) { search.focus(); search.select(); }
        },
        "?": function () {
            keys.open = !keys.open;
            if (keys.open) { keys.scrollIntoView({ block: "nearest" }); keys.querySelector("summary").focus(); }
        }
    };

    function isWriting(element) {
        return element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
            (element.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(element.type));
    }

    /* The list of held reports has no keys of its own. */
    if (!keys) { return; }

    document.addEventListener("keydown", function (event) {
        var action = Object.prototype.hasOwnProperty.call(actions, event.key) && actions[event.key];
        if (!action || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || areOff()) { return; }
        event.preventDefault();
        action();
    });

    /* Who dictates or presses keys by mistake switches them off; this browser remembers. */
    var button = keys.querySelector("[data-keys-off]");
    function say() { button.textContent = areOff() ? button.dataset.on : button.dataset.off; }
    button.addEventListener("click", function () {
        try { window.localStorage.setItem(OFF, areOff() ? "no" : "yes"); } catch (error) { /* not remembered */ }
        say();
    });
    button.hidden = false;
    say();
}());
