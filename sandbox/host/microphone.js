const RATE = 16_000;

/** Sends the microphone as the customer's voice until the page closes or the server ends the call. */
export async function startMicrophone(path) {
  const stream = await navigator.mediaDevices
    .getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } })
    .catch((error) => {
      throw new Error(
        `The microphone cannot be used: ${error.message}. Allow it for this page and try again.`,
      );
    });
  const context = new AudioContext({ sampleRate: RATE });
  await context.audioWorklet.addModule("/host/microphone-worklet.js");
  const socket = await connect(`${location.origin.replace(/^http/, "ws")}${path}?rate=${context.sampleRate}`);
  const node = new AudioWorkletNode(context, "pcm16", { numberOfOutputs: 0 });
  node.port.onmessage = ({ data }) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(data);
  };
  context.createMediaStreamSource(stream).connect(node);
  socket.addEventListener("close", () => {
    for (const track of stream.getTracks()) track.stop();
    context.close();
  });
}

function connect(url) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.addEventListener("open", () => resolve(socket), { once: true });
    socket.addEventListener("error", () => reject(new Error("The sandbox did not take the microphone.")), {
      once: true,
    });
  });
}
