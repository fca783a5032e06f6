/* Leaving quickly. Without this file the button posts the form and the server sends the browser away;
   with it the page is blank at once and this page's place in the history is taken by the other site.
   Shift three times within two seconds does the same. */
(function () {
    "use strict";
    var form = document.querySelector("[data-leave]");
    if (!form) { return; }

    function leave() {
        var away = form.dataset.away;
        document.documentElement.classList.add("gone");
        document.title = "";
        if (!away) { form.submit(); return; }
        try {
            fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "manual", keepalive: true })
                .catch(function () {});
        } catch (error) { /* an old browser: going away matters more */ }
        window.location.replace(away);
    }

    form.addEventListener("submit", function (event) {
        if (form.dataset.away) { event.preventDefault(); leave(); }
    });

    var presses = [];
    document.addEventListener("keydown", function (event) {
        if (event.key !== "Shift") { presses = []; return; }
        if (event.repeat) { return; }
        presses.push(event.timeStamp);
        presses = presses.slice(-3);
        if (presses.length === 3 && presses[2] - presses[0] < 2000) { leave(); }
    });

    /* A page that the browser kept in memory is asked for again: the server knows whether it may still be seen. */
    window.addEventListener("pageshow", function (event) {
        if (event.persisted) { window.location.reload(); }
    });
}());
