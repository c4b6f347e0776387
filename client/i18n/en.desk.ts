/** The desk's words in this language, by namespace; loaded when the desk is opened. */
import desk from './en/desk.json' with { type: 'json' };
import attention from './en/attention.json' with { type: 'json' };
import doctor from './en/doctor.json' with { type: 'json' };

export const enDesk = { desk, attention, doctor };
