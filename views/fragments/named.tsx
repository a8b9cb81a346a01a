/** What a control is for, for those who hear it apart from what stands around it: ": the name". */
export const Named = ({ of }: { of: string }) => (
  <span class="visually-hidden" dir="auto" safe>
    {`: ${of}`}
  </span>
);
