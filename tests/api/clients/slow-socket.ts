/** Reads an answer by WebSocket, and before that nothing at all until a line comes. Tells how many tokens came, and what was last. */
const [, , url = "", generation_id = ""] = Bun.argv;
const socket = new WebSocket(`${url.replace("http", "ws")}/chat/stream`);
let tokens = 0;
const tell = (end: string) => {
  console.log(JSON.stringify({ tokens, end }));
  process.exit(0);
};
socket.onopen = () => {
  socket.send(JSON.stringify({ generation_id, after: 0 }));
  console.log("asked");
  // Nothing of this process runs until then.
  prompt("");
};
socket.onmessage = ({ data }) => {
  const { type } = JSON.parse(data);
  if (type === "token") tokens += 1;
  if (type === "done") tell(type);
};
socket.onclose = ({ code }) => tell(`closed with ${code}`);
