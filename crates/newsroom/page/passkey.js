// Makes and uses passkeys: WebAuthn's JSON in and out, also in browsers that do not read and write it themselves.

/** Tells whether the browser has passkeys at this address. */
export const supported = () => typeof PublicKeyCredential === "function" && !!navigator.credentials;

/** Makes a passkey by the options of the server, as JSON; the credential as JSON. */
export async function create(json) {
  const options = unwrapped(json);
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? creation(options);
  return written(await navigator.credentials.create({ publicKey }));
}

/** Signs in with a passkey by the options of the server, as JSON; the credential as JSON. */
export async function get(json) {
  const options = unwrapped(json);
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? request(options);
  return written(await navigator.credentials.get({ publicKey }));
}

// The server may send the options themselves or what a browser's call takes.
const unwrapped = (json) => {
  const options = JSON.parse(json);
  return options.publicKey ?? options;
};

const written = (credential) => JSON.stringify(credential.toJSON?.() ?? fields(credential));

const creation = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  user: { ...options.user, id: bytes(options.user.id) },
  excludeCredentials: (options.excludeCredentials ?? []).map(named),
});

const request = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  allowCredentials: (options.allowCredentials ?? []).map(named),
});

const named = (credential) => ({ ...credential, id: bytes(credential.id) });

function fields(credential) {
  const { id, rawId, type, authenticatorAttachment, response } = credential;
  const answer = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) answer[name] = text(response[name]);
  }
  if (response.getTransports) answer.transports = response.getTransports();
  const clientExtensionResults = credential.getClientExtensionResults?.() ?? {};
  return { id, rawId: text(rawId), type, authenticatorAttachment, response: answer, clientExtensionResults };
}

const bytes = (base64url) => {
  const binary = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
};

const text = (buffer) => {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};
