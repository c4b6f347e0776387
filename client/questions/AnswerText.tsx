import { MessageText } from '../chat/text/MessageText.js';

/** An answer is no message: nobody is called by it. */
const callsNobody = { people: [], room: false, tierKeys: [] };

/** A written answer, as Markdown. */
export function AnswerText({ text }: { text: string }) {
  return <MessageText text={text} mentions={callsNobody} myId="" />;
}
