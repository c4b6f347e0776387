/** A compact JWS (RFC 7515, section 7.1): three parts of base64url; a header always begins with `{"`, which is `eyJ`. */
const jws = /eyJ[\w-]{20,}\.[\w-]{20,}\.[\w-]{40,}/;

/**
 * The signed statement in what was pasted, or in a certificate's PDF, which carries it in the open; null when there is none.
 *
 * @param text - a file's bytes as Latin-1, or text as it was typed; lines may have been broken on the way.
 */
export function findStatement(text: string): string | null {
  return (jws.exec(text) ?? jws.exec(text.replace(/\s+/g, '')))?.[0] ?? null;
}
