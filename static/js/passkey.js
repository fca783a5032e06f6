/* Passkeys: asks the browser for one, or to make one, and puts its answer into the form.
   The page works without this file with a code; only a passkey needs it. */
(function () {
    "use strict";

    function bytes(text) {
        var plain = window.atob(text.replace(/-/g, "+").replace(/_/g, "/"));
        return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
    }

    function text(buffer) {
        var letters = Array.from(new Uint8Array(buffer), function (byte) { return String.fromCharCode(byte); });
        return window.btoa(letters.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
    }

    function known(list) {
        return (list || []).map(function (each) { return Object.assign({}, each, { id: bytes(each.id) }); });
    }

    function toMake(options) {
        return Object.assign({}, options, {
            challenge: bytes(options.challenge),
            user: Object.assign({}, options.user, { id: bytes(options.user.id) }),
            excludeCredentials: known(options.excludeCredentials),
        });
    }

    function toAsk(options) {
        return Object.assign({}, options, {
            challenge: bytes(options.challenge),
            allowCredentials: known(options.allowCredentials),
        });
    }

    /* What the browser answers, as the server reads it. */
    function answer(made) {
        var response = made.response, said = { clientDataJSON: text(response.clientDataJSON) };
        if (response.attestationObject) {
            said.attestationObject = text(response.attestationObject);
            said.transports = response.getTransports ? response.getTransports() : [];
        } else {
            said.authenticatorData = text(response.authenticatorData);
            said.signature = text(response.signature);
            said.userHandle = response.userHandle ? text(response.userHandle) : null;
        }
        return {
            id: made.id,
            rawId: text(made.rawId),
            type: made.type,
            authenticatorAttachment: made.authenticatorAttachment,
            clientExtensionResults: made.getClientExtensionResults(),
            response: said,
        };
    }

    function ask(form) {
        var data = JSON.parse(document.getElementById(form.dataset.options).textContent);
        if (form.dataset.passkey === "create") {
            return navigator.credentials.create({ publicKey: toMake(data.creation_options.publicKey) });
        }
        return navigator.credentials.get({ publicKey: toAsk(data.request_options.publicKey) });
    }

    document.querySelectorAll("form[data-passkey]").forEach(function (form) {
        var button = form.querySelector("[data-passkey-button]"), failed = form.querySelector("[data-passkey-failed]");
        if (!window.PublicKeyCredential || !navigator.credentials) { return; }
        button.hidden = false;
        form.querySelector("[data-passkey-missing]").hidden = true;
        form.addEventListener("submit", function (event) {
            event.preventDefault();
            failed.hidden = true;
            button.disabled = true;
            ask(form).then(function (made) {
                form.elements.credential.value = JSON.stringify(answer(made));
                form.submit();
            }).catch(function () {
                failed.hidden = false;
                button.disabled = false;
                button.focus();
            });
        });
    });
}());
