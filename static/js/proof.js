/* A quiet check: the browser does a second of work beside the page and puts the proof into a field that nobody sees.
   Send never waits for it. Without script, or where no worker can be had, the form goes without both fields. */
(function () {
    "use strict";

    var field = document.querySelector("[data-proof-worker]");
    if (!field || !window.Worker) { return; }
    var proof = field.form.elements.proof, script = field.form.elements.script, worker;

    function giveUp() { script.value = proof.value = ""; }

    try {
        worker = new Worker(field.dataset.proofWorker);
    } catch (error) { return; }
    script.value = "yes";
    worker.onerror = giveUp;
    worker.onmessage = function (event) {
        proof.value = event.data;
        worker.terminate();
    };
    worker.postMessage({
        challenge: field.value,
        parts: Number(field.dataset.parts),
        bits: Number(field.dataset.bits)
    });
}());
