/** Which key sends: Enter, or Enter with Ctrl or Cmd for those who write in paragraphs. Kept in this browser. */
import { useSyncExternalStore, type KeyboardEvent } from 'react';
import { createStore } from '../../api/store.js';

const storageKey = 'guildhall.enterSends';
const enterSends = createStore(localStorage.getItem(storageKey) !== 'no');

/** Whether Enter alone sends; renders again when that changes. */
export function useEnterSends(): boolean {
  return useSyncExternalStore(enterSends.subscribe, enterSends.get);
}

export function setEnterSends(does: boolean): void {
  enterSends.set(does);
  localStorage.setItem(storageKey, does ? 'yes' : 'no');
}

/** Whether this key sends. While an input method composes (Chinese, Japanese, Korean), Enter takes its suggestion. */
export function sends(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return false;
  return enterSends.get() || event.ctrlKey || event.metaKey;
}
