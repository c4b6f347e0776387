/** Which Node the house runs on. */
import { describe, expect, it } from 'vitest';
import { requireNode } from '../../tools/setup/node.mjs';

describe('the Node that is asked for', () => {
  it.each(['20.19.0', '22.0.0', '24.11.1'])('may be %s', (version) => {
    expect(() => requireNode(version)).not.toThrow();
  });

  it.each(['20.18.3', '18.20.8'])('may not be %s, and the refusal says what would do', (version) => {
    expect(() => requireNode(version)).toThrow(new RegExp(`20\\.19 or newer.*${version.replaceAll('.', '\\.')}.*nodejs\\.org`));
  });
});
