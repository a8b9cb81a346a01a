/** What a recording is, from its first bytes: the kinds that OpenAI's interface takes. It looks no further into it. */

interface AudioForm {
  /** Of a file's name: speech-to-text servers tell the kind by it. */
  readonly ending: string;
  readonly mediaType: string;
  readonly matches: (head: string) => boolean;
}

/** So many bytes tell it. */
const headLength = 12;

const forms: readonly AudioForm[] = [
  {
    ending: "wav",
    mediaType: "audio/wav",
    matches: (head) => head.startsWith("RIFF") && head.startsWith("WAVE", 8),
  },
  // Matroska, of which WebM is a part. (https://www.rfc-editor.org/rfc/rfc8794#section-8.1)
  { ending: "webm", mediaType: "audio/webm", matches: (head) => head.startsWith("\x1aE\xdf\xa3") },
  { ending: "ogg", mediaType: "audio/ogg", matches: (head) => head.startsWith("OggS") },
  { ending: "flac", mediaType: "audio/flac", matches: (head) => head.startsWith("fLaC") },
  { ending: "m4a", mediaType: "audio/mp4", matches: (head) => head.startsWith("ftypM4A", 4) },
  { ending: "mp4", mediaType: "audio/mp4", matches: (head) => head.startsWith("ftyp", 4) },
  // A tag, or the first frame of layer III. (ISO/IEC 11172-3, 2.4.2.3)
  {
    ending: "mp3",
    mediaType: "audio/mpeg",
    matches: (head) => /^(?:ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/.test(head),
  },
];

/** For people. */
export const audioKinds = "WAV, WebM, Ogg, FLAC, MP3, M4A or MP4";

/** @returns null: it is none of the known kinds */
export function audioFormOf(bytes: Uint8Array): Pick<AudioForm, "ending" | "mediaType"> | null {
  const head = Buffer.from(bytes.subarray(0, headLength)).toString("latin1");
  return forms.find(({ matches }) => matches(head)) ?? null;
}
