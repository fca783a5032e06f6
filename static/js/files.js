/* Comfort only: shows how far chosen files have been sent. Without it the browser sends the same form by itself. */
(function () {
    "use strict";

    var form = document.getElementById("step");
    var place = document.querySelector("[data-progress]");
    if (!form || !place || !window.XMLHttpRequest || !window.FormData) { return; }
    var bar = place.querySelector("progress");
    var words = place.querySelector("output");

    function hasFiles() {
        return Array.prototype.some.call(form.querySelectorAll("input[type=file]"), function (input) {
            return input.files.length > 0;
        });
    }

    /* The answer is a page: another one is opened, the same one is shown in place of this, with what it says. */
    function arrive() {
        if (this.responseURL.split("#")[0] !== window.location.href.split("#")[0]) {
            window.location.assign(this.responseURL);
            return;
        }
        var page = new DOMParser().parseFromString(this.responseText, "text/html");
        document.title = page.title;
        document.getElementById("main").replaceWith(page.getElementById("main"));
        form = document.getElementById("step");
        place = document.querySelector("[data-progress]");
        bar = place.querySelector("progress");
        words = place.querySelector("output");
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
        if (event.submitter && event.submitter.name) { data.append(event.submitter.name, event.submitter.value); }
        var request = new XMLHttpRequest();
        request.open("POST", window.location.href);
        request.upload.addEventListener("progress", show);
        request.addEventListener("load", arrive);
        request.addEventListener("error", fail);
        place.hidden = false;
        event.preventDefault();
        request.send(data);
    });
}());
