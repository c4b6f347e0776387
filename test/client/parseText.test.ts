import { describe, expect, it } from 'vitest';
import { parseText } from '../../client/chat/list/parseText.js';

describe('parseText', () => {
  it.each([
    ['See https://example.org/a_(b), then go.', 'https://example.org/a_(b)'],
    ['(https://example.org/x)', 'https://example.org/x'],
    ['文档在https://example.org/文档，请看', 'https://example.org/文档'],
    ['Now: https://example.org/?q=1&r=2#top!', 'https://example.org/?q=1&r=2#top'],
  ])('finds the address in %s', (text, address) => {
    const links = parseText(text).filter((piece) => piece.kind === 'link');
    expect(links.map((piece) => piece.text)).toEqual([address]);
  });

  it.each(['javascript:alert(1)', 'data:text/html,<b>', 'file:///etc/passwd', 'http://', '//example.org'])('makes no link of %s', (text) => {
    expect(parseText(text).map((piece) => piece.kind)).toEqual(['text']);
  });

  it('keeps code as it is, links and stars inside it too', () => {
    expect(parseText('use `ring.lend(4) // https://x.org` now')).toEqual([
      { kind: 'text', text: 'use ' },
      { kind: 'code', text: 'ring.lend(4) // https://x.org' },
      { kind: 'text', text: ' now' },
    ]);
  });

  it('finds fenced blocks with the text around them', () => {
    expect(parseText('Before\n```rust\nlet a = 1;\n\nlet b = `2`;\n```\nafter')).toEqual([
      { kind: 'text', text: 'Before' },
      { kind: 'block', language: 'rust', text: 'let a = 1;\n\nlet b = `2`;' },
      { kind: 'text', text: 'after' },
    ]);
  });

  it('loses no character of a text without code', () => {
    const text = '  two  spaces\n\nand <b>no</b> markup ``` here';
    expect(parseText(text)).toEqual([{ kind: 'text', text }]);
  });
});
