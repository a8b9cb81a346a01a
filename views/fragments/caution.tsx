/** Stands at each answer of a tiny demo model: a figure that it writes is a guess. */
export const Caution = () => <p class="caution">Tiny demo model: check every figure</p>;
