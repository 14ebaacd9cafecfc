// Copies the address of an answer, question included, when asked to; where that cannot be done, shows it for copying.

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const said = parentElement.querySelector('[role="status"]');
  const byHand = parentElement.querySelector("label");
  const field = parentElement.querySelector("input");

  const { words } = data;
  button.textContent = words.button;
  parentElement.querySelector(".wr-copy-note").textContent = words.note;
  byHand.querySelector("span").textContent = words.label;

  const address = new URL(location.href);
  address.hash = "";
  address.search = "";
  address.searchParams.set("q", data.question);

  if (field.value !== address.href) {
    field.value = address.href;
    said.textContent = "";
    byHand.hidden = true;
  }

  button.onclick = async () => {
    said.textContent = "";
    try {
      await navigator.clipboard.writeText(address.href);
      said.textContent = words.copied;
    } catch {
      byHand.hidden = false;
      field.focus();
      field.select();
      said.textContent = words.failed;
    }
  };
}
