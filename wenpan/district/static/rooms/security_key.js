"use strict";
// A form that a security key fills: data-key says create or get, data-options what to ask (JSON, base64url).
(function () {
  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (sign) { return sign.charCodeAt(0); });
  }
  function text(buffer) {
    const plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function asked(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    ["excludeCredentials", "allowCredentials"].forEach(function (list) {
      (options[list] || []).forEach(function (one) { one.id = bytes(one.id); });
    });
    return { publicKey: options };
  }
  function told(credential) {
    const response = { clientDataJSON: text(credential.response.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (part) {
      if (credential.response[part]) response[part] = text(credential.response[part]);
    });
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response: response });
  }
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!form.dataset.key || form.elements.answer.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const trouble = form.querySelector("[data-key-trouble]");
    trouble.hidden = true;
    navigator.credentials[form.dataset.key](asked(JSON.parse(form.dataset.options))).then(function (credential) {
      form.elements.answer.value = told(credential);
      form.requestSubmit();
    }).catch(function () { trouble.hidden = false; });
  }, true);
})();
