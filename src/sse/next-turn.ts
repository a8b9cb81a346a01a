/**
 * Turns of the event loop for long replies that are made in pieces: a few of them continue in each turn, however many there
 * are, so that other requests are answered in between.
 */

import { turnQueue } from "../loop/turn-queue.ts";

/** A piece of 64 KB takes about half a millisecond. */
const inOneTurn = 4;

/** Resolves in a later turn of the event loop, in the order of the calls. There is one event loop, and so one queue. */
export const nextTurn = turnQueue(inOneTurn);
