/** What a message's text may become on the screen: all there is. Whatever is written in it, no other thing comes out. */

/** Whom a piece of text calls. */
export type Called = { kind: 'person'; id: string } | { kind: 'room' } | { kind: 'tier'; key: string };

/** A part of a line. */
export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'code'; text: string }
  | { kind: 'mention'; text: string; called: Called }
  | { kind: 'strong' | 'emphasis' | 'delete'; pieces: Piece[] }
  /** `href` is http, https or mailto, and written out in full. */
  | { kind: 'link'; href: string; pieces: Piece[] };

/** A part of a message that begins a line of its own. */
export type Block =
  | { kind: 'paragraph' | 'heading'; pieces: Piece[] }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'quote'; blocks: Block[] }
  /** `start` is null in a list without numbers. */
  | { kind: 'list'; start: number | null; items: Block[][] }
  | { kind: 'rule' };

/** The text of blocks as it is read, without marks: for search by eye and ear, not for showing. */
export function plainText(blocks: readonly Block[]): string {
  return blocks.map(plainBlock).filter((text) => text !== '').join('\n');
}

function plainBlock(block: Block): string {
  if (block.kind === 'code') return block.text;
  if (block.kind === 'rule') return '';
  if (block.kind === 'quote') return plainText(block.blocks);
  if (block.kind === 'list') return block.items.map(plainText).join('\n');
  return plainPieces(block.pieces);
}

function plainPieces(pieces: readonly Piece[]): string {
  return pieces.map((piece) => {
    if (piece.kind === 'break') return '\n';
    return 'pieces' in piece ? plainPieces(piece.pieces) : piece.text;
  }).join('');
}

/** Whom blocks call, in their order. */
export function mentionsIn(blocks: readonly Block[]): Called[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'quote') return mentionsIn(block.blocks);
    if (block.kind === 'list') return block.items.flatMap(mentionsIn);
    return 'pieces' in block ? calledIn(block.pieces) : [];
  });
}

function calledIn(pieces: readonly Piece[]): Called[] {
  return pieces.flatMap((piece) => {
    if (piece.kind === 'mention') return [piece.called];
    return 'pieces' in piece ? calledIn(piece.pieces) : [];
  });
}
