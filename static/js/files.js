/* Comfort only: shows how far chosen files have been sent. Without it the browser sends the same form by itself. */
(function () {
    "use strict";

    var place, form, bar, words;

    /* The one form of the page that takes files, if there is one. */
    function take(found) {
        place = found;
        form = place && place.closest("form");
        bar = place && place.querySelector("progress");
        words = place && place.querySelector("output");
    }

    take(document.querySelector("[data-progress]"));
    if (!form || !window.XMLHttpRequest || !window.FormData) { return; }

    function hasFiles() {
        return Array.prototype.some.call(form.querySelectorAll("input[type=file]"), function (input) {
            return input.files.length > 0;
        });
    }

    /* The answer is a page: another one is opened, the same one is shown in place of this, with what it says. */
    function arrive() {
        if (this.responseURL.split("#")[0] !== this.sentTo.split("#")[0]) {
            window.location.assign(this.responseURL);
            return;
        }
        var page = new DOMParser().parseFromString(this.responseText, "text/html");
        document.title = page.title;
        document.getElementById("main").replaceWith(page.getElementById("main"));
        take(document.querySelector("[data-progress]"));
        var errors = document.getElementById("errors");
        (errors || document.getElementById("main")).focus();
    }

    function fail() {
        words.textContent = words.dataset.lost;
        delete form.dataset.sent;
    }

    function show(event) {
        if (!event.lengthComputable) { return; }
        bar.value = Math.floor(100 * event.loaded / event.total);
        words.textContent = bar.value + " %";
    }

    document.addEventListener("submit", function (event) {
        if (event.target !== form || event.defaultPrevented || !hasFiles()) { return; }
        var data = new FormData(form);
        var button = event.submitter;
        if (button && button.name) { data.append(button.name, button.value); }
        var request = new XMLHttpRequest();
        request.sentTo = button && button.hasAttribute("formaction") ? button.formAction : form.action;
        request.open("POST", request.sentTo);
        request.upload.addEventListener("progress", show);
        request.addEventListener("load", arrive);
        request.addEventListener("error", fail);
        place.hidden = false;
        event.preventDefault();
        request.send(data);
    });
}());
