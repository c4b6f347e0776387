/**
 * Colours for code. highlight.js reads it and tells scopes and text through an emitter of ours; its HTML is never made.
 * Loaded when the first block of code in a language it knows is shown.
 */
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import type { LanguageName } from './languages.js';

/** A stretch of code and what it is, in the few kinds that have a colour; null for all else. */
export interface Token {
  text: string;
  tone: Tone | null;
}

export type Tone = 'keyword' | 'string' | 'number' | 'comment' | 'name' | 'type' | 'added' | 'removed';

const known = { bash, c, css, diff, go, java, json, python, rust, sql, typescript, xml, yaml } as const satisfies Record<LanguageName, unknown>;

/** highlight.js has finer scopes; the first part of one says enough. */
const tones: Readonly<Record<string, Tone>> = {
  keyword: 'keyword', literal: 'keyword', built_in: 'keyword', operator: 'keyword', meta: 'keyword', 'selector-tag': 'keyword', tag: 'keyword', name: 'keyword',
  string: 'string', regexp: 'string', char: 'string', link: 'string',
  number: 'number', symbol: 'number', bullet: 'number',
  comment: 'comment', quote: 'comment', doctag: 'comment',
  title: 'name', section: 'name', 'selector-class': 'name', 'selector-id': 'name',
  type: 'type', class: 'type', attr: 'type', attribute: 'type', property: 'type',
  addition: 'added', deletion: 'removed',
};

/** Collects tokens in place of highlight.js' own HTML; its methods are named as highlight.js calls them. */
class TokenEmitter {
  readonly tokens: Token[] = [];
  private readonly open: (Tone | null)[] = [];

  addText(text: string): void {
    const tone = this.open.at(-1) ?? null;
    const last = this.tokens.at(-1);
    if (last?.tone === tone) last.text += text;
    else this.tokens.push({ text, tone });
  }

  startScope(scope: string): void {
    this.open.push(tones[scope.split('.')[0] ?? ''] ?? this.open.at(-1) ?? null);
  }

  endScope(): void {
    this.open.pop();
  }

  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  /** Code of one language within another's: highlight.js gives the emitter that read it. */
  __addSublanguage(inner: TokenEmitter): void {
    for (const { text, tone } of inner.tokens) this.tokens.push({ text, tone });
  }

  finalize(): void {
    // Everything is where it belongs already.
  }

  toHTML(): string {
    return '';
  }
}

const reader = hljs.newInstance();
for (const [name, language] of Object.entries(known)) reader.registerLanguage(name, language);
reader.configure({ __emitter: TokenEmitter });

/** Reads code into coloured stretches; their texts together are the code. */
export function highlight(code: string, language: LanguageName): readonly Token[] {
  const emitter: unknown = reader.highlight(code, { language, ignoreIllegals: true })._emitter;
  const tokens = emitter instanceof TokenEmitter ? emitter.tokens : [];
  // What is coloured must be what was written, to the letter.
  return tokens.map(({ text }) => text).join('') === code ? tokens : [{ text: code, tone: null }];
}
