/**
 * The one renderer of what members write: Markdown to a tree of few kinds, each safe by itself. HTML is no part of this
 * Markdown: its tags are characters like others. Pure.
 */
import type { Nodes, PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown, type Options } from 'mdast-util-from-markdown';
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { withEmoji } from '../emoji/catalogue.js';
import { isTooDense } from './density.js';
import { safeHref, splitAddress } from './links.js';
import { mentionFinder, type Callable, type MentionFinder } from './mentions.js';
import type { Block, Piece } from './pieces.js';

/**
 * Of CommonMark, chat leaves out HTML, and what surprises people who only write: indented code, a line under a line as a
 * heading, and definitions, which would make a line vanish.
 */
const leftOut = { disable: { null: ['htmlFlow', 'htmlText', 'codeIndented', 'setextUnderline', 'definition'] } };

const dialect: Options = {
  extensions: [gfmStrikethrough(), gfmAutolinkLiteral(), leftOut],
  mdastExtensions: [gfmStrikethroughFromMarkdown(), gfmAutolinkLiteralFromMarkdown()],
};

/** Beyond these a tree is shown as plain text. */
const nodesMax = 2_000;
const depthMax = 24;

interface Reading {
  source: string;
  /** Finds what stands in a text that is no code: names, and emoji that are written by name. */
  find: MentionFinder;
}

function isTooBig(root: Nodes): boolean {
  let left = nodesMax;
  const look = (node: Nodes, depth: number): boolean => {
    left -= 1;
    return left < 0 || depth > depthMax || ('children' in node && node.children.some((child) => look(child, depth + 1)));
  };
  return look(root, 0);
}

const nobody: Callable = { people: [], room: false, tierKeys: [] };

/** Reads a message's text. @param callable - whom the message calls; their names become mentions where they stand. */
export function parseMarkdown(source: string, callable: Callable = nobody): Block[] {
  const find = mentionFinder(callable);
  const reading = { source, find: alsoEmoji(find) };
  if (!isTooDense(source)) {
    const root = fromMarkdown(source, dialect);
    if (!isTooBig(root)) return root.children.flatMap((node) => blockOf(node, reading));
  }
  return [{ kind: 'paragraph', pieces: find(source) }];
}

/** The same, with emoji where their names are written. */
function alsoEmoji(find: MentionFinder): MentionFinder {
  return (text) => find(text).map((piece) => (piece.kind === 'text' ? { ...piece, text: withEmoji(piece.text) } : piece));
}

/** What is no part of the dialect is shown as it was written. */
function asWritten(node: Nodes, { source }: Reading): string {
  return source.slice(node.position?.start.offset, node.position?.end.offset);
}

function blockOf(node: RootContent, reading: Reading): Block[] {
  if (node.type === 'paragraph') return [{ kind: 'paragraph', pieces: piecesOf(node.children, reading) }];
  if (node.type === 'heading') return [{ kind: 'heading', pieces: piecesOf(node.children, reading) }];
  if (node.type === 'code') return [{ kind: 'code', language: node.lang ?? '', text: node.value }];
  if (node.type === 'thematicBreak') return [{ kind: 'rule' }];
  if (node.type === 'blockquote') return [{ kind: 'quote', blocks: node.children.flatMap((child) => blockOf(child, reading)) }];
  if (node.type === 'list') {
    const items = node.children.map((item) => item.children.flatMap((child) => blockOf(child, reading)));
    return [{ kind: 'list', start: node.ordered === true ? (node.start ?? 1) : null, items }];
  }
  return [{ kind: 'paragraph', pieces: [{ kind: 'text', text: asWritten(node, reading) }] }];
}

function piecesOf(nodes: readonly PhrasingContent[], reading: Reading): Piece[] {
  return nodes.flatMap((node) => pieceOf(node, reading));
}

function pieceOf(node: PhrasingContent, reading: Reading): Piece[] {
  if (node.type === 'text') return reading.find(node.value);
  if (node.type === 'break') return [{ kind: 'break' }];
  if (node.type === 'inlineCode') return [{ kind: 'code', text: node.value }];
  if (node.type === 'strong' || node.type === 'emphasis' || node.type === 'delete') return [{ kind: node.type, pieces: piecesOf(node.children, reading) }];
  if (node.type === 'link') return linkOf(node.url, node.children, node, reading);
  // A picture from elsewhere would tell its keeper who reads here: it is a link to be followed or not.
  if (node.type === 'image') return linkOf(node.url, [{ type: 'text', value: node.alt === null || node.alt === undefined || node.alt === '' ? node.url : node.alt }], node, reading);
  return [{ kind: 'text', text: asWritten(node, reading) }];
}

/** Names and other links have no place within a link. */
const asText: MentionFinder = (text) => [{ kind: 'text', text }];

function linkOf(url: string, children: readonly PhrasingContent[], node: Nodes, reading: Reading): Piece[] {
  const written = asWritten(node, reading);
  const isBare = children.length === 1 && children[0]?.type === 'text' && written === children[0].value;
  const { address, rest } = isBare ? splitAddress(url) : { address: url, rest: '' };
  const href = safeHref(address);
  if (href === null) return [{ kind: 'text', text: written }];
  const pieces = isBare ? asText(written.slice(0, written.length - rest.length)) : piecesOf(children, { ...reading, find: alsoEmoji(asText) });
  const link: Piece = { kind: 'link', href, pieces };
  return rest === '' ? [link] : [link, ...reading.find(rest)];
}
