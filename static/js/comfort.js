/* Comfort only: every page works without it. */
(function () {
    "use strict";

    /* The language list closes on Escape and on a touch elsewhere. */
    var languages = document.querySelector("[data-languages]");
    if (languages) {
        document.addEventListener("keydown", function (event) {
            if (event.key === "Escape" && languages.open) {
                languages.open = false;
                languages.querySelector("summary").focus();
            }
        });
        document.addEventListener("click", function (event) {
            if (!languages.contains(event.target)) { languages.open = false; }
        });
    }

    /* A second press while the first is on its way does nothing. The server would take it as the same anyway. */
    document.addEventListener("submit", function (event) {
        var form = event.target;
        if (event.defaultPrevented || form.hasAttribute("data-leave")) { return; }
        if (form.dataset.sent) { event.preventDefault(); return; }
        form.dataset.sent = "yes";
        window.setTimeout(function () { delete form.dataset.sent; }, 5000);
    });

    /* Printing is offered only where it can be done. */
    document.querySelectorAll("[data-print]").forEach(function (button) {
        button.hidden = false;
        button.addEventListener("click", function () { window.print(); });
    });
}());
