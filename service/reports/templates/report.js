(() => {
  const findings = [...document.querySelectorAll(".finding")];
  const buttons = [...document.querySelectorAll("[data-filter]")];
  const search = document.querySelector("#search");
  const empty = document.querySelector("#none-left");
  // marks are folded so that "tach thua" finds "tách thửa"
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  const texts = findings.map((finding) => fold(finding.textContent));
  const show = () => {
    const kind = buttons.find((button) => button.getAttribute("aria-pressed") === "true").dataset.filter;
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    let left = 0;
    findings.forEach((finding, place) => {
      const shown = (kind === "all" || finding.dataset.kind === kind) && words.every((word) => texts[place].includes(word));
      finding.hidden = !shown;
      left += shown;
    });
    empty.hidden = left > 0;
  };
  buttons.forEach((button) => button.addEventListener("click", () => {
    buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    show();
  }));
  search?.addEventListener("input", show);
})();
