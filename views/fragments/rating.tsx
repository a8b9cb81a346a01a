/** Two thumbs under an answer. The one that is pressed takes itself back. */
import type { Rating } from "../../src/store/schema.ts";
import { tr } from "../../src/texts/reader-language.ts";
import { Tip } from "../components/icon-button.tsx";
import { Icon } from "../icons.tsx";
import { Partial } from "./partial.tsx";

interface Props {
  readonly messageId: string;
  readonly rating: Rating | null;
}

const ratingId = (messageId: string) => `rating-${messageId}`;

export const RatingButtons = ({ messageId, rating }: Props) => (
  <span class={["rating", rating !== null && "rated"]} id={ratingId(messageId)}>
    <Thumb messageId={messageId} of="good" label={tr`Good answer`} isPressed={rating === "good"} />
    <Thumb messageId={messageId} of="bad" label={tr`Bad answer`} isPressed={rating === "bad"} />
  </span>
);

export const RatingInPlace = (props: Props) => (
  <Partial target={`#${ratingId(props.messageId)}`} swap="outerHTML">
    <RatingButtons {...props} />
  </Partial>
);

interface ThumbProps {
  readonly messageId: string;
  readonly of: Rating;
  readonly label: string;
  readonly isPressed: boolean;
}

/** The id keeps the focus on it. */
const Thumb = ({ messageId, of, label, isPressed }: ThumbProps) => (
  <button
    type="submit"
    id={`${of}-${messageId}`}
    class={`tool ${of}`}
    name="rate"
    value={isPressed ? "none" : of}
    aria-pressed={isPressed ? "true" : "false"}
  >
    <Icon name={of === "good" ? "thumbUp" : "thumbDown"} filled={isPressed} />
    <Tip label={label} />
  </button>
);
