/**
 * Puts text on the clipboard. The asynchronous clipboard exists in secure contexts only; a community on a plain http
 * address in a local network is none, and there the old way still serves.
 * @throws Error - the browser refuses.
 */
export async function copyText(text: string): Promise<void> {
  if ('clipboard' in navigator) return navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'unseen';
  document.body.append(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  if (!isDone) throw new Error('the browser does not copy');
}
