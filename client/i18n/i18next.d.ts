/** Makes a misspelt or missing key a type error, everywhere `t` is called. */
import 'i18next';
import type { en } from './en.js';
import type { enDesk } from './en.desk.js';
import type { enLive } from './en.live.js';
import type { enRights } from './en.rights.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    keySeparator: false;
    resources: typeof en & typeof enDesk & typeof enLive & typeof enRights;
  }
}
