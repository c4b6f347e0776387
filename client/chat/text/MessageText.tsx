import { memo, useMemo, type ReactNode } from 'react';
import type { Called, Block, Piece } from './pieces.js';
import { CodeBlock } from './CodeBlock.js';
import type { Callable } from './mentions.js';
import { parseMarkdown } from './parseMarkdown.js';
import styles from './MessageText.module.css';

function Mention({ text, called, myId }: { text: string; called: Called; myId: string }) {
  return (
    <span className={styles['mention']} data-mine={called.kind !== 'person' || called.id === myId}>
      {text}
    </span>
  );
}

function showPieces(pieces: readonly Piece[], myId: string): ReactNode[] {
  return pieces.map((piece, index) => <PieceView key={index} piece={piece} myId={myId} />);
}

function PieceView({ piece, myId }: { piece: Piece; myId: string }) {
  if (piece.kind === 'text') return piece.text;
  if (piece.kind === 'break') return <br />;
  if (piece.kind === 'code') return <code className={styles['code']}>{piece.text}</code>;
  if (piece.kind === 'mention') return <Mention text={piece.text} called={piece.called} myId={myId} />;
  if (piece.kind === 'strong') return <strong>{showPieces(piece.pieces, myId)}</strong>;
  if (piece.kind === 'emphasis') return <em>{showPieces(piece.pieces, myId)}</em>;
  if (piece.kind === 'link') {
    return (
      <a href={piece.href} title={piece.href} target="_blank" rel="noopener noreferrer">
        {showPieces(piece.pieces, myId)}
      </a>
    );
  }
  return <del>{showPieces(piece.pieces, myId)}</del>;
}

function showBlocks(blocks: readonly Block[], myId: string): ReactNode[] {
  return blocks.map((block, index) => <BlockView key={index} block={block} myId={myId} />);
}

function ListView({ start, items, myId }: { start: number | null; items: readonly Block[][]; myId: string }) {
  const shown = items.map((blocks, index) => <li key={index}>{showBlocks(blocks, myId)}</li>);
  return start === null ? <ul>{shown}</ul> : <ol start={start}>{shown}</ol>;
}

function BlockView({ block, myId }: { block: Block; myId: string }) {
  if (block.kind === 'paragraph') return <p>{showPieces(block.pieces, myId)}</p>;
  // Large headings are for pages; in a conversation a heading is a bold line.
  if (block.kind === 'heading') return <p className={styles['heading']}>{showPieces(block.pieces, myId)}</p>;
  if (block.kind === 'code') return <CodeBlock code={block.text} language={block.language} />;
  if (block.kind === 'quote') return <blockquote>{showBlocks(block.blocks, myId)}</blockquote>;
  if (block.kind === 'list') return <ListView start={block.start} items={block.items} myId={myId} />;
  return <hr />;
}

export interface MessageTextProps {
  text: string;
  /** Whom the message calls. */
  mentions: Callable;
  /** What calls the reader is marked for them. */
  myId: string;
}

/** What somebody wrote, as Markdown; every name and every tag in it is text. */
export const MessageText = memo(function MessageText({ text, mentions, myId }: MessageTextProps) {
  const blocks = useMemo(() => parseMarkdown(text, mentions), [text, mentions]);
  return <div className={styles['text']}>{showBlocks(blocks, myId)}</div>;
});
