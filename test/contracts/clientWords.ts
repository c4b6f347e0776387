/** The words the client's code mentions: string literals, templates, calls of `t`, and text that stands in the markup. */
import { parseFile } from './houseSources.js';

export interface Mentions {
  /** Every string literal. */
  literals: Set<string>;
  /** Every template that begins with a word and has something put in, as a pattern of what it can become. */
  templates: RegExp[];
  /** The literal first arguments of calls of `t`. */
  translated: string[];
  /** Words a person would read that stand in the code itself. */
  bareWords: string[];
}

type Node = Record<string, unknown> & { type: string };

/** Attributes whose value a person reads or hears. */
const spokenAttributes = ['aria-label', 'aria-description', 'alt', 'title', 'placeholder', 'label', 'description'];

/** Collects what a client file mentions, by its syntax tree. */
export function mentionsOf(file: string): Mentions {
  const mentions: Mentions = { literals: new Set(), templates: [], translated: [], bareWords: [] };
  walk(parseFile(file).program, (node) => note(node, mentions));
  return mentions;
}

function note(node: Node, mentions: Mentions): void {
  const text = literalOf(node);
  if (text !== null) mentions.literals.add(text);
  if (node.type === 'TemplateLiteral' && text === null) mentions.templates.push(...patternOf(node));
  if (node.type === 'CallExpression' && isTranslate(node['callee'])) {
    mentions.translated.push(...choicesOf((node['arguments'] as Node[])[0]));
  }
  const spoken = node.type === 'JSXText' ? String(node['value']) : spokenValue(node);
  if (/\p{L}{2}/u.test(spoken)) mentions.bareWords.push(spoken.trim());
}

function literalOf(node: Node): string | null {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  const quasis = node['quasis'] as { value: { cooked: string } }[] | undefined;
  return node.type === 'TemplateLiteral' && quasis?.length === 1 ? (quasis[0]?.value.cooked ?? null) : null;
}

function patternOf(node: Node): RegExp[] {
  const parts = (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  // One that begins with a blank could become any key, and would vouch for all of them.
  return /^\w{2}/.test(parts[0] ?? '') ? [new RegExp(`^${escaped.join('.+')}$`)] : [];
}

function isTranslate(callee: unknown): boolean {
  const node = callee as Node;
  const name = node.type === 'MemberExpression' ? (node['property'] as Node)['name'] : node['name'];
  return name === 't';
}

/** The literals an argument may be: `t(a ? 'x' : 'y')` mentions both. */
function choicesOf(node: Node | undefined): string[] {
  if (!node) return [];
  if (node.type === 'ConditionalExpression') return [...choicesOf(node['consequent'] as Node), ...choicesOf(node['alternate'] as Node)];
  const text = literalOf(node);
  return text === null ? [] : [text];
}

function spokenValue(node: Node): string {
  if (node.type !== 'JSXAttribute') return '';
  const name = (node['name'] as Node)['name'];
  const value = node['value'] as Node | null;
  return typeof name === 'string' && spokenAttributes.includes(name) && value ? (literalOf(value) ?? '') : '';
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (value !== null && typeof value === 'object') {
    if ('type' in value && typeof value.type === 'string') visit(value as Node);
    for (const child of Object.values(value)) walk(child, visit);
  }
}
