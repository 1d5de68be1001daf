/** What can be measured in a page as it is shown. */
() => {
  const big = ({ width, height }) => width >= 23.9 && height >= 23.9;
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true });

  /** Whether a part that is drawn around it takes clicks for it. */
  const isGrown = (one) =>
    ["::before", "::after"].some((part) => {
      const { content, position, width, height } = getComputedStyle(one, part);
      const size = { width: Number.parseFloat(width), height: Number.parseFloat(height) };
      return content !== "none" && position === "absolute" && big(size);
    });

  /** Links in a text are as high as its lines. */
  const isInText = (one) =>
    getComputedStyle(one).display === "inline" &&
    [...one.parentElement.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");

  const isSmall = (one) => {
    const box = one.getBoundingClientRect();
    const labels = [...(one.labels ?? [])].map((label) => label.getBoundingClientRect());
    // One pixel: out of sight until it has the focus.
    return box.width * box.height > 1 && ![box, ...labels].some(big) && !isGrown(one) && !isInText(one);
  };
  // The real images on a map lie where they lie.
  const targets = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const small = [...document.querySelectorAll(targets)].filter(
    (one) => !one.disabled && isShown(one) && !one.matches(".real-dot") && isSmall(one),
  );

  const hosts = [document.body, ...document.querySelectorAll("dialog")];
  const mainButtons = hosts.map((host) =>
    [...host.querySelectorAll(".button.primary")].filter(
      (one) => isShown(one) && (one.closest("dialog") ?? document.body) === host,
    ),
  );
  return {
    smallTargets: small.map((one) => one.outerHTML.slice(0, 160)),
    mainButtons: mainButtons.filter((found) => found.length > 1).flat().map((one) => one.textContent),
  };
};
