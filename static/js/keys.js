/* Keys of a report's page: each presses a link that stands there anyway. Off in fields, off for who switches them off. */
(function () {
    "use strict";

    var list = document.querySelector("[data-keys]");
    if (!list) { return; }
    var button = list.querySelector("[data-keys-off]");
    /* The same word as in the queue: who switches keys off there has them off here. */
    var OFF = "keys-off";

    function areOff() {
        try { return window.localStorage.getItem(OFF) === "yes"; } catch (error) { return false; }
    }

    function say() { button.textContent = areOff() ? button.dataset.on : button.dataset.off; }

    function isWriting(element) {
        return element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
            (element.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(element.type));
    }

    function show() {
        list.open = !list.open;
        if (list.open) { list.querySelector("summary").focus(); }
    }

    document.addEventListener("keydown", function (event) {
        if (event.key === "Escape" && list.open && list.contains(document.activeElement)) { show(); return; }
        if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || areOff()) { return; }
        if (event.key === "?") { event.preventDefault(); show(); return; }
        var target = /^[a-z]$/.test(event.key) && document.querySelector("[data-key='" + event.key + "']");
        if (!target) { return; }
        event.preventDefault();
        target.focus();
        target.click();
    });

    button.addEventListener("click", function () {
        try { window.localStorage.setItem(OFF, areOff() ? "no" : "yes"); } catch (error) { /* not remembered */ }
        say();
    });
    say();
    list.hidden = false;
}());
