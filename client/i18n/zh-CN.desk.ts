/** The desk's words in this language, by namespace; loaded when the desk is opened. */
import desk from './zh-CN/desk.json' with { type: 'json' };
import attention from './zh-CN/attention.json' with { type: 'json' };
import doctor from './zh-CN/doctor.json' with { type: 'json' };

export const zhCNDesk = { desk, attention, doctor };
