/** Sizes and spans both sides must agree on. Lengths are in UTF-16 code units, spans in the unit their name ends with. */
export const limits = {
  nameLength: 60,
  emailLength: 254,
  passwordMinLength: 10,
  passwordMaxLength: 200,
  messageLength: 4_000,
  questionLength: 500,
  pollQuestionLength: 200,
  pollOptionLength: 120,
  pollOptionsMax: 10,
  /** A member's own words as an answer to a poll. */
  pollAnswerLength: 200,
  /** Different answers that a poll's results name. */
  pollAnswersShown: 200,
  /** Polls of one workshop. */
  pollsMax: 100,
  stepLength: 200,
  stepsMax: 50,
  stuckNoteLength: 200,
  /** People in a help queue that are shown; the counts tell of all. */
  helpQueueShown: 100,
  /** A written answer to a question. */
  answerLength: 4_000,
  /** So many of one member's questions may be open in one workshop, at the most that hosts allow, and unless they say otherwise. */
  openQuestionsMax: 50,
  openQuestions: 5,
  questionLabelsMax: 5,
  questionLabelLength: 24,
  /** Questions that are shown as asking much the same. */
  suggestionsMax: 3,
  titleLength: 120,
  summaryLength: 4_000,
  topicLength: 200,
  roomNameLength: 40,
  historyPage: 50,
  historyPageMax: 200,
  /** People or tiers that one message may call. */
  mentionsMax: 20,
  /** How much of a message is shown above a reply to it. */
  excerptLength: 200,
  /** How often a message may be edited. */
  editsMax: 100,
  /** Different emoji on one message. */
  reactionKindsMax: 20,
  /** Of those who reacted with one emoji, so many are named. */
  reactorsMax: 100,
  threadFacesMax: 3,
  pinsMax: 50,
  /** Unread messages are counted up to here; one more is as many. */
  unreadMax: 100,
  slowSecondsMax: 21_600,
  /**
   * A room of more than `crowdPeople` in which more than `crowdMessages` are said in `crowdSeconds` becomes slow by itself.
   * Six a second is where a screenful passes in about three seconds and nobody reads any more; and a few people who
   * talk fast are no crowd.
   */
  crowdMessages: 60,
  crowdSeconds: 10,
  crowdPeople: 20,
  /** How slow: each once in so many seconds. */
  crowdSlowSeconds: 10,
  /** It is normal again once less than half as much was said for so long. */
  crowdQuietMinutes: 2,
  /** So many raised hands are shown, those that were raised first; of the others their number. */
  handsShown: 50,
  /** After a mode was set by hand, normal too, the house leaves the room alone for so long. */
  crowdHandsOffMinutes: 15,
  restrictionMinutesMax: 365 * 24 * 60,
  reasonLength: 200,
  capacityMax: 10_000,
  /** Kinds of ticket one workshop may have, and pools of seats; and rules that make one kind cheaper. */
  ticketTypesMax: 8,
  priceRulesMax: 8,
  ticketNameLength: 40,
  /** The most that is asked for one thing, in minor units: Stripe takes eight digits. */
  priceMax: 99_999_999,
  /** How many orders one coupon may be good for. */
  couponUsesMax: 10_000,
  /** The longest free trial; Stripe takes no longer one. */
  trialDaysMax: 730,
  /** A refund policy's moments lie at most so long before the start: a year. */
  refundHoursMax: 8_760,
  /** The most that one partner is said to have paid at once, in minor units: sums of many such are still exact. */
  partnershipMax: 99_999_999_999,
  /** Lines of the ledger that come at once, on a page and in a part of a file. */
  ledgerPage: 50,
  ledgerExportPage: 1_000,
  workshopMinutesMax: 24 * 60,
  /** A live workshop past its planned time is over when nobody who may be on its stage was in it for so long. */
  abandonedMinutes: 15,
  /** So is one in which nobody but hosts was for so long, and any that no host has kept open for so long; hosts are told so long before. */
  unwatchedMinutes: 60,
  overrunMinutes: 180,
  endTellMinutes: 45,
  /** What a certificate asks for unless the organizer says otherwise, in percent of the time live. */
  certificatePercent: 80,
  /** A certificate's signed statement; its own are below 2,000. */
  statementLength: 8_000,
  /** A seat is held this long while its buyer is at the checkout; Stripe's own sessions cannot expire sooner than 30 minutes. */
  seatHoldMinutes: 31,
  /** How long a bank may take to say whether a debit is paid, in days; nearer to a workshop than this only cards are taken. */
  bankAnswerDays: 10,
  /** How long a typing notice stands when nothing renews it. */
  typingSeconds: 5,
  /** A client tells no oftener than this that its member is at the keyboard. */
  heardEverySeconds: 60,
  /** Whoever was not heard for so long is shown as away. */
  awayMinutes: 5,
  /** Above this many people a room's presence is told as a count, without names. */
  presenceNamesMax: 100,
  /** The largest frame a client may send over the socket. */
  socketFrameBytes: 64 * 1024,
  /** The largest JSON body a client may send over HTTP. */
  httpBodyBytes: 64 * 1024,
  /** The largest webhook body that is taken from Stripe. */
  webhookBodyBytes: 1024 * 1024,
} as const;
