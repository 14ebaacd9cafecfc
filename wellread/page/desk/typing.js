// The box in which an article is written: what is typed goes to the server shortly after, for the preview beside it.

const PAUSE = 400; // milliseconds without a key, after which the preview follows: between two words of most people

export default function ({ data, parentElement, setStateValue }) {
  const box = parentElement.querySelector("textarea");
  parentElement.querySelector("label").textContent = data.label;
  if (box.dataset.filled === undefined) {
    box.dataset.filled = "";
    box.value = data.text;
  }
  let sent = box.value;
  let pause = 0;
  const send = () => {
    clearTimeout(pause);
    if (box.value === sent) return;
    sent = box.value;
    setStateValue("text", sent);
  };
  box.oninput = () => {
    clearTimeout(pause);
    pause = setTimeout(send, PAUSE);
  };
  box.onblur = send;
  // Whoever closes the window is asked first, while something is not saved.
  const closing = (event) => {
    if (box.value !== data.saved) event.preventDefault();
  };
  window.addEventListener("beforeunload", closing);
  return () => {
    clearTimeout(pause);
    window.removeEventListener("beforeunload", closing);
  };
}
