import { expect, test } from "bun:test";
import { audioFormOf } from "../../src/speech/audio-form.ts";

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

test.each([
  ["RIFF\x24\x08\0\0WAVEfmt ", "wav"],
  ["\x1aE\xdf\xa3\x9fB\x86\x81", "webm"],
  ["OggS\0\x02", "ogg"],
  ["fLaC\0\0\0\x22", "flac"],
  ["\0\0\0\x20ftypM4A \0\0", "m4a"],
  ["\0\0\0\x1cftypiso5", "mp4"],
  ["ID3\x04\0", "mp3"],
  ["\xff\xfb\x90\x64", "mp3"],
  ["\xff\xf3\x90\x64", "mp3"],
])("%j begins a file of %s", (head, ending) => {
  expect(audioFormOf(bytes(head))?.ending).toBe(ending);
});

test.each([
  ["", "nothing"],
  ["RIFF\x24\x08\0\0WEBPVP8 ", "a picture"],
  ["%PDF-1.7", "a PDF"],
  ["<script>alert(1)</script>", "a page"],
  // Its layer is none: AAC without a container, which OpenAI does not take.
  ["\xff\xf1\x50\x80", "ADTS"],
])("%j is no recording: %s", (head) => {
  expect(audioFormOf(bytes(head))).toBeNull();
});
