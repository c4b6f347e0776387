/** Camera, microphone and screen of this device, asked for in plain steps and refused in plain reasons. */

/** Why a device could not be had. `dismissed`: the person closed the browser's own question or picker. */
export type CaptureProblem = 'denied' | 'missing' | 'busy' | 'dismissed' | 'unsupported';

/** Thrown by every function of this file that asks for a device. */
export class CaptureError extends Error {
  constructor(readonly problem: CaptureProblem, options?: ErrorOptions) {
    super(problem, options);
    this.name = 'CaptureError';
  }
}

/** Which camera and microphone are chosen; empty where the browser's default is meant. */
export interface Choice {
  cameraId: string;
  microphoneId: string;
}

const choiceKey = 'guildhall.devices';

/** The choice of last time on this device. */
export function rememberedChoice(): Choice {
  const [cameraId = '', microphoneId = ''] = (localStorage.getItem(choiceKey) ?? '').split(' ');
  return { cameraId, microphoneId };
}

export function rememberChoice(choice: Choice): void {
  localStorage.setItem(choiceKey, `${choice.cameraId} ${choice.microphoneId}`);
}

/** Names from https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia and screen-capture's getDisplayMedia. */
const problems: Record<string, CaptureProblem> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

async function ask(question: (devices: MediaDevices) => Promise<MediaStream>, refusal: CaptureProblem = 'denied'): Promise<MediaStream> {
  // Absent over plain http from another machine, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new CaptureError('unsupported');
  try {
    return await question(devices);
  } catch (error) {
    const problem = (error instanceof DOMException && problems[error.name]) || 'unsupported';
    throw new CaptureError(problem === 'denied' ? refusal : problem, { cause: error });
  }
}

/**
 * Asks for the chosen device and no other: where it is only an ideal, a browser prefers one that fits the other wishes better.
 * One that is gone since is passed over for the default one.
 */
async function askFor(deviceId: string, question: (device: MediaTrackConstraints) => (devices: MediaDevices) => Promise<MediaStream>): Promise<MediaStreamTrack> {
  if (deviceId === '') return firstTrack(await ask(question({})));
  try {
    return firstTrack(await ask(question({ deviceId: { exact: deviceId } })));
  } catch (error) {
    if (!(error instanceof CaptureError) || error.problem !== 'missing') throw error;
    return firstTrack(await ask(question({})));
  }
}

/** @throws {CaptureError} */
export function captureCamera(cameraId: string): Promise<MediaStreamTrack> {
  return askFor(cameraId, (device) => (devices) => devices.getUserMedia({ video: { ...device, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } } }));
}

/** @throws {CaptureError} */
export function captureMicrophone(microphoneId: string): Promise<MediaStreamTrack> {
  return askFor(microphoneId, (device) => (devices) => devices.getUserMedia({ audio: { ...device, echoCancellation: true, noiseSuppression: true, autoGainControl: true } }));
}

/** What a program plays is no voice in a room: what is done to make those clear makes music worse. */
const asPlayed: MediaTrackConstraints = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** Whether this browser can share a screen at all: those of phones cannot. https://www.w3.org/TR/screen-capture/ */
export function canShareScreen(): boolean {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return devices !== undefined && 'getDisplayMedia' in devices;
}

/**
 * The screen, a window or a tab, with its sound where the browser gives it.
 *
 * @throws {CaptureError}
 */
export async function captureScreen(): Promise<{ screen: MediaStreamTrack; sound: MediaStreamTrack | null }> {
  const stream = await ask((devices) => devices.getDisplayMedia({ video: { frameRate: { ideal: 15, max: 30 } }, audio: asPlayed }), 'dismissed');
  const screen = stream.getVideoTracks()[0];
  if (!screen) throw new CaptureError('missing');
  // Code must stay legible: the encoder drops frames before it blurs letters.
  screen.contentHint = 'text';
  return { screen, sound: stream.getAudioTracks()[0] ?? null };
}

/** The devices there are. Their names are empty until the person has allowed one of the kind. */
export async function listDevices(): Promise<{ cameras: MediaDeviceInfo[]; microphones: MediaDeviceInfo[] }> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  const all = devices ? await devices.enumerateDevices() : [];
  return { cameras: all.filter((each) => each.kind === 'videoinput'), microphones: all.filter((each) => each.kind === 'audioinput') };
}

function firstTrack(stream: MediaStream): MediaStreamTrack {
  const track = stream.getTracks()[0];
  if (!track) throw new CaptureError('missing');
  return track;
}
