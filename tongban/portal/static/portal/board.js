// A notice board that nobody touches: shows page after page, and waits out a server that is away.
// Without script the page turns by itself, too, but a page that failed to load would stay.

const patience = 10;

async function turn() {
  const board = document.querySelector("[data-board]");
  try {
    const answer = await fetch(board.dataset.board, { cache: "no-cache" });
    if (!answer.ok) throw new Error(String(answer.status));
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-board]");
    if (!next) throw new Error("not a board");
    board.replaceWith(next);
    later(Number(next.dataset.seconds));
  } catch {
    // The page that is shown stays until there is another.
    later(patience);
  }
}

function later(seconds) {
  setTimeout(turn, seconds * 1000);
}

later(Number(document.querySelector("[data-board]").dataset.seconds));
