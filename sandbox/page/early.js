/** Before the first paint, and therefore no module: the look that was chosen last time. */
document.documentElement.dataset.look = localStorage.getItem("look") ?? "system";
