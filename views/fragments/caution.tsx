/** Stands at each answer of a tiny demo model: a figure that it writes is a guess. */
import { safeTr } from "../safe-tr.ts";

export const Caution = () => <p class="caution">{safeTr`Tiny demo model: check every figure`}</p>;
