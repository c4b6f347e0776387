/** The renderer of messages: what Markdown becomes, and what no message becomes, whatever is written in it. */
import i18next from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import { highlight } from '../../client/chat/text/highlight.js';
import { languageNamed } from '../../client/chat/text/languages.js';
import { MessageText } from '../../client/chat/text/MessageText.js';
import { escapeName, type Callable } from '../../client/chat/text/mentions.js';
import { parseMarkdown } from '../../client/chat/text/parseMarkdown.js';
import { en } from '../../client/i18n/en.js';
import { plainText, type Block, type Piece } from '../../client/chat/text/pieces.js';

await i18next.use(initReactI18next).init({ lng: 'en', resources: { en }, keySeparator: false, interpolation: { escapeValue: false } });

const nobody: Callable = { people: [], room: false, tierKeys: [] };

function calls(...names: string[]): Callable {
  return { ...nobody, people: names.map((name, index) => ({ id: String(index).padStart(24, '0'), name, role: 'member' })) };
}

/** What the browser is given for a message. */
function html(text: string, mentions = nobody): string {
  return renderToStaticMarkup(createElement(MessageText, { text, mentions, myId: 'f'.repeat(24) }));
}

function piecesOf(text: string, mentions = nobody): Piece[] {
  return parseMarkdown(text, mentions).flatMap((block) => ('pieces' in block ? block.pieces : []));
}

function linksOf(text: string): string[] {
  return piecesOf(text).flatMap((piece) => (piece.kind === 'link' ? [piece.href] : []));
}

/** The tags of some HTML, and nothing else of it. */
function tagsOf(markup: string): string[] {
  return [...new Set([...markup.matchAll(/<([a-z0-9]+)/g)].map((match) => String(match[1])))].sort();
}

describe('the Markdown of messages', () => {
  it('knows strong, emphasis, struck and code within a line', () => {
    expect(html('**a** *b* ~~c~~ `d < *e*`')).toMatch(/<strong>a<\/strong> <em>b<\/em> <del>c<\/del> <code[^>]*>d &lt; \*e\*<\/code>/);
  });

  it('keeps line breaks, and tells paragraphs apart', () => {
    expect(piecesOf('one\ntwo')).toEqual([{ kind: 'text', text: 'one\ntwo' }]);
    expect(parseMarkdown('one\n\ntwo')).toHaveLength(2);
  });

  it('knows fenced code with its language, to the letter', () => {
    const code = 'let a = 1;\n\n  let b = `<b>`; // **c** @Ana';
    const block: Block = { kind: 'code', language: 'rust', text: code };
    expect(parseMarkdown(`Before\n\`\`\`rust\n${code}\n\`\`\`\nafter`)[1]).toEqual(block);
  });

  it('knows quotes, lists and rules, and makes no large headings', () => {
    const markup = html('# Title\n\n> said\n\n- a\n- b\n\n3. c\n4. d\n\n---');
    expect(tagsOf(markup)).toEqual(['blockquote', 'div', 'hr', 'li', 'ol', 'p', 'ul']);
    expect(markup).toContain('<ol start="3">');
  });

  it.each(['    indented', 'a line\n===', '[note]: it does not vanish', '#channel', '2 * 3 * 4', 'snake_case_name', 'a <b> and & and </c>'])('leaves %j as it is', (text) => {
    expect(plainText(parseMarkdown(text)).trim()).toBe(text.trim());
    expect(tagsOf(html(text))).toEqual(['div', 'p']);
  });

  it.each([
    ['See https://example.org/a_(b), then go.', 'https://example.org/a_(b)'],
    ['(https://example.org/x)', 'https://example.org/x'],
    ['文档在 https://example.org/doc，请看', 'https://example.org/doc'],
    ['文档在https://example.org/doc。', 'https://example.org/doc'],
    ['Now: https://example.org/?q=1&r=2#top!', 'https://example.org/?q=1&r=2#top'],
    ['https://example.org/x/__init__.py', 'https://example.org/x/__init__.py'],
    ['<https://example.org/y>', 'https://example.org/y'],
    ['[here](https://example.org/z)', 'https://example.org/z'],
    ['www.example.org', 'http://www.example.org/'],
    ['write to ana@example.org', 'mailto:ana@example.org'],
  ])('finds the address in %s', (text, address) => {
    expect(linksOf(text)).toEqual([address]);
  });

  it('opens links elsewhere, without a way back', () => {
    expect(html('https://example.org/')).toContain('<a href="https://example.org/" title="https://example.org/" target="_blank" rel="noopener noreferrer">');
  });

  it('shows a picture as a link: nobody is made to fetch it', () => {
    expect(html('![a cat](https://example.org/cat.png)')).toContain('>a cat</a>');
  });
});

describe('the colours of code', () => {
  it.each(['rust', 'typescript', 'xml', 'bash', 'json', 'css'] as const)('leave every character of %s where it was', (language) => {
    const code = '<!-- a --><script>let a = `<b>${c}`; // "d"</script> { "e": 1.5 } $f && fn g(h: &str) -> i32 { 0x1F } @media (x) { .y { z: #fff } }\n';
    const tokens = highlight(code, language);
    expect(tokens.map(({ text }) => text).join('')).toBe(code);
    expect(tokens.some(({ tone }) => tone !== null)).toBe(true);
  });

  it('go by the names that people write after a fence', () => {
    expect(['rs', 'TSX', 'sh', 'constructor', '"><b>'].map(languageNamed)).toEqual(['rust', 'typescript', 'bash', null, null]);
  });
});

describe('mentions', () => {
  it('are chips where the names stand, longest first, and nowhere else', () => {
    const pieces = piecesOf('@Ana Nunes and @Ana, not @Anabel, ana@Ana or `@Ana`', calls('Ana', 'Ana Nunes'));
    expect(pieces.filter((piece) => piece.kind === 'mention').map((piece) => piece.text)).toEqual(['@Ana Nunes', '@Ana']);
  });

  it('need no blank around a Chinese name', () => {
    expect(piecesOf('请@张伟看看', calls('张伟')).map((piece) => piece.kind)).toEqual(['text', 'mention', 'text']);
  });

  it('may call the room or a tier, where the message does', () => {
    const called: Callable = { people: [], room: true, tierKeys: ['supporter'] };
    expect(piecesOf('@room and @supporter', called).map((piece) => piece.kind)).toEqual(['mention', 'text', 'mention']);
    expect(piecesOf('@room and @supporter').map((piece) => piece.kind)).toEqual(['text']);
  });

  it.each(['*Star*', '__under__', '`tick`', '[a](b)', '<img src=x>', 'a.b|c', '\\back', '\u202Eright to left'])('find the name %s written with its marks escaped', (name) => {
    const mentions = piecesOf(`hello @${escapeName(name)} there`, calls(name)).filter((piece) => piece.kind === 'mention');
    expect(mentions.map((piece) => piece.text)).toEqual([`@${name}`]);
  });
});

describe('emoji written by name', () => {
  it.each([
    [':tada:', '🎉'],
    ['Done :tada:, thanks :heart_eyes:!', 'Done 🎉, thanks 😍!'],
    ['太好了:tada:谢谢', '太好了🎉谢谢'],
    [':tada::rocket:', '🎉🚀'],
    ['**:fire:** > :bug:', '🔥 > 🐛'],
    ['[:books: the guide](https://example.org/guide)', '📚 the guide'],
  ])('stand in %j as they do where they were chosen', (text, shown) => {
    expect(plainText(parseMarkdown(text))).toBe(shown);
  });

  it.each(['crate::bug::fix', 'a:bug:b', '::bug::', ':no_such_emoji:', ':tada::no_such_emoji:', 'at 10:30:45', ':Tada:', ': tada :', 'https://example.org/:tada:/x'])('do not in %j', (text) => {
    expect(plainText(parseMarkdown(text))).toBe(text);
  });

  it('stay names in code, and in what is too much to be read', () => {
    expect(plainText(parseMarkdown('`:tada:`\n```\n:tada:\n```'))).toBe(':tada:\n:tada:');
    const dense = `${'['.repeat(600)} :tada:`;
    expect(plainText(parseMarkdown(dense))).toBe(dense);
  });

  it('leave the names of people alone', () => {
    expect(piecesOf('@:tada: and :tada:', calls(':tada:'))).toMatchObject([{ kind: 'mention', text: '@:tada:' }, { kind: 'text', text: ' and 🎉' }]);
  });
});

describe('no message becomes anything else', () => {
  const allowed = new Set(['a', 'blockquote', 'br', 'button', 'code', 'del', 'div', 'em', 'hr', 'li', 'ol', 'p', 'path', 'pre', 'span', 'strong', 'svg', 'ul']);

  function isSafe(text: string, mentions = nobody): void {
    const markup = html(text, mentions);
    expect(tagsOf(markup).filter((tag) => !allowed.has(tag))).toEqual([]);
    for (const [, href] of markup.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^(https?:|mailto:)/);
    expect(markup).not.toMatch(/<[^>]*\s(on\w+|src|srcset|style|srcdoc|formaction)=(?!"--)/i);
  }

  it.each([
    ['Rocket.Chat CVE-2017-1000054: a Markdown link that runs script', '[click](javascript:alert(1)) [a](JaVaScRiPt:alert(1)) [b](java\tscript:alert(1)) [c](&#106;avascript:alert(1)) <javascript:alert(1)>'],
    ['Rocket.Chat CVE-2017-1000054: other addresses than the web and mail', '[a](data:text/html,<script>1</script>) [b](vbscript:x) [c](file:///etc/passwd) [d](blob:https://x/y) [e](//example.org) [f](/rooms) [g](#x)'],
    ['Zulip CVE-2018-9986: HTML that a second renderer lets through', '<script>alert(1)</script>\n\n<div onclick="x">\n\n<img src=x onerror=alert(1)>\n\n<svg/onload=1> <style>*{}</style> <!-- a --> <?php ?> <![CDATA[x]]>'],
    ['Zulip CVE-2024-36624: markup in what is pasted', '<a href="javascript:alert(1)" onmouseover=x>y</a><iframe srcdoc="<b>">'],
    ['Zulip CVE-2024-36625: markup through an emoji', ':<img src=x onerror=1>: 😀<b>'],
    ['attributes broken out of by an address', '[a](https://example.org/"onmouseover="alert(1)) https://example.org/"onclick="x <https://example.org/\'onclick=\'x>'],
    ['attributes broken out of by a title', '[a](https://example.org "\\" onclick=\\"x")'],
    ['a picture as a way in', '![a](javascript:alert(1)) ![b](data:image/svg+xml,<svg onload=1>) ![<img src=x>](https://example.org/"x)'],
    ['code fences with markup as their language', '```"><img src=x onerror=1>\n</code></pre><script>1</script>\n```'],
    ['a link within a link', '[a [b](https://example.org/b) c](javascript:x) [![d](javascript:e)](https://example.org)'],
    ['references that are defined elsewhere', '[a][x] ![b][x]\n\n[x]: javascript:alert(1)'],
  ])('%s', (_, text) => isSafe(text));

  it('Zulip CVE-2026-24050, Discourse GHSA-qp62-8m3c-9jgj: a name with markup is text', () => {
    const name = '<img src=x onerror=alert(1)>';
    isSafe(`@${escapeName(name)}`, calls(name));
    expect(html(`@${escapeName(name)}`, calls(name))).toContain('&lt;img src=x');
  });

  it('shows a refused link as it was written', () => {
    expect(plainText(parseMarkdown('[click](javascript:alert(1))'))).toBe('[click](javascript:alert(1))');
  });

  it('is safe over random marks', () => {
    const parts = ['[', ']', '(', ')', '<', '>', '!', '*', '_', '~~', '`', '```\n', '\n', '\n\n', '> ', '- ', 'javascript:', 'https://x.org/', 'data:', '"', "'", ' onclick=x', '<img src=x>', 'a', '&lt;', '\\', '#', '@Ana'];
    let state = 7;
    const pick = (): string => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return parts[(state >>> 16) % parts.length] ?? '';
    };
    for (let round = 0; round < 400; round += 1) isSafe(Array.from({ length: 30 }, pick).join(''), calls('Ana'));
  });
});

describe('a message made to keep the reader busy', () => {
  const fill = (part: string): string => part.repeat(4_000).slice(0, 4_000);
  const nested = (part: string): string => Array.from({ length: 60 }, (_, depth) => `${part.repeat(60 - (depth % 7))}a`).join('\n').slice(0, 4_000);

  it.each(['[', '![', '[a](', '*', '*a ', 'a**b', '_a', '*_~a', '>', '> ', '- ', '* - + ', '1. ', 'a`', '<', '&', '~~a~', '\\', '[a](b)', 'a\n', '- a\n', '*\n', '> a\n', '#\n'])('of %j is shown as it was written', (part) => {
    expect(parseMarkdown(fill(part))).toEqual([{ kind: 'paragraph', pieces: [{ kind: 'text', text: fill(part) }] }]);
  });

  it.each(['>', '> ', '- ', '1. '])('of lines that begin with many %j is shown as it was written', (part) => {
    expect(parseMarkdown(nested(part))).toEqual([{ kind: 'paragraph', pieces: [{ kind: 'text', text: nested(part) }] }]);
  });

  it('is not read for code that ended with its list', () => {
    const text = `- a\n  \`\`\`\n${fill('[').slice(0, 3_900)}`;
    expect(parseMarkdown(text)).toEqual([{ kind: 'paragraph', pieces: [{ kind: 'text', text }] }]);
  });

  it('may still be long where people write like that: code, a log, a list', () => {
    const code = fill('let a: &[u8] = &b[..n]; // *\n');
    expect(parseMarkdown(`\`\`\`rust\n${code}\n\`\`\``)[0]?.kind).toBe('code');
    expect(parseMarkdown('~~~\n```\n[[[\n~~~\nafter').map(({ kind }) => kind)).toEqual(['code', 'paragraph']);
    expect(parseMarkdown('- item\n'.repeat(100))[0]?.kind).toBe('list');
    expect(parseMarkdown('Some words **here** and there. '.repeat(100))[0]).toMatchObject({ kind: 'paragraph', pieces: expect.arrayContaining([{ kind: 'strong', pieces: [{ kind: 'text', text: 'here' }] }]) });
  });
});
