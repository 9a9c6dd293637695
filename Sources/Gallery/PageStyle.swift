/// The page's style sheet. System fonts, one accent colour, nothing fetched.
enum PageStyle {
  static let css = #"""

    :root { --ink: #ece8df; --dim: #a39e92; --faint: #6f6b62; --line: #262521; --deep: #000; --raised: #0e0e10; --accent: #f4c652; --gap: clamp(1rem, 2.4vw, 2.25rem); }
    * { box-sizing: border-box; }
    html { background: var(--deep); scroll-behavior: smooth; scroll-padding-top: 1.5rem; }
    body { margin: 0; color: var(--ink); font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; -webkit-font-smoothing: antialiased; background: radial-gradient(120rem 60rem at 75% -20rem, #1d1608 0, transparent 60%), var(--deep); }
    a { color: inherit; text-decoration-color: var(--faint); text-underline-offset: .2em; }
    a:hover { color: var(--accent); text-decoration-color: currentColor; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
    img { display: block; max-width: 100%; height: auto; }
    h1, h2 { font-family: ui-serif, "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, "Times New Roman", serif; font-weight: 500; line-height: 1.12; letter-spacing: -.012em; text-wrap: balance; margin: 0; }
    h1 { font-size: clamp(2.4rem, 6.5vw, 5.25rem); max-width: 24ch; }
    h2 { font-size: clamp(1.5rem, 2.6vw, 2.1rem); }
    .hidden, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .skip:focus { position: fixed; z-index: 9; top: 1rem; left: 1rem; padding: .6rem 1rem; background: var(--accent); color: #000; border-radius: 6px; }
    .top, main, footer { width: min(1440px, 100% - 2 * var(--gap)); margin-inline: auto; }
    .top { padding-block: clamp(3rem, 9vw, 7.5rem) clamp(2rem, 4vw, 3.5rem); }
    .kicker { margin: 0 0 1.1rem; font-size: .8rem; letter-spacing: .2em; text-transform: uppercase; color: var(--accent); }
    .lede { margin: 1.4rem 0 0; max-width: 62ch; font-size: clamp(1.05rem, 1.5vw, 1.25rem); color: var(--dim); text-wrap: pretty; }
    .facts { display: flex; flex-wrap: wrap; gap: 1.25rem clamp(1.75rem, 4vw, 4rem); margin: 2.4rem 0 0; }
    .facts dt { font-size: .78rem; color: var(--faint); letter-spacing: .04em; }
    .facts dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; line-height: 1.3; }
    .unit { font-size: .9rem; color: var(--dim); margin-left: .3em; }
    figure { margin: 0; }
    .map .frame { position: relative; background: #000; }
    .map .frame img { width: 100%; }
    .map figcaption { display: grid; grid-template-columns: 1fr auto; gap: .75rem 2rem; align-items: start; padding-top: 3rem; }
    .map figcaption p { margin: .5rem 0 0; color: var(--dim); max-width: 70ch; }
    .map .files { grid-column: 1 / -1; }
    .where { font: 500 .95rem/1.4 ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; color: var(--accent); min-width: 17rem; text-align: right; font-variant-numeric: tabular-nums; }
    .grid { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; }
    .grid path { fill: none; stroke: #fff; stroke-opacity: .13; stroke-width: 1; vector-effect: non-scaling-stroke; }
    .grid path.main { stroke-opacity: .3; }
    .ticks span { position: absolute; font-size: .7rem; line-height: 1.25; color: var(--faint); font-variant-numeric: tabular-nums; white-space: pre; text-align: center; }
    .ticks.across span { top: calc(100% + .35rem); transform: translateX(-50%); }
    .ticks.across span:first-child { transform: none; text-align: left; }
    .ticks.across span:last-child { transform: translateX(-100%); text-align: right; }
    .ticks.along span { left: .5rem; transform: translateY(-50%); color: #fff; opacity: .55; text-shadow: 0 0 3px #000; }
    .spots { list-style: none; margin: 0; padding: 0; }
    .spots li { position: absolute; transform: translate(-50%, -50%); }
    .spots a { display: grid; place-items: center; width: 1.6rem; height: 1.6rem; border-radius: 50%; font-size: .78rem; font-weight: 600; line-height: 1; text-decoration: none; color: #fff; background: #000a; border: 1.5px solid #fffc; backdrop-filter: blur(3px); transition: background .15s, color .15s; }
    .spots a:hover, .spots a:focus-visible { background: var(--accent); border-color: var(--accent); color: #000; }
    .files { list-style: none; display: flex; flex-wrap: wrap; gap: .5rem; margin: 0; padding: 0; align-items: center; }
    .files a { display: inline-block; padding: .3rem .75rem; border: 1px solid var(--line); border-radius: 99px; background: var(--raised); font-size: .82rem; color: var(--dim); text-decoration: none; white-space: nowrap; font-variant-numeric: tabular-nums; transition: border-color .15s, color .15s; }
    .files b { font-weight: 600; color: var(--ink); margin-right: .15em; }
    .files a:hover { border-color: var(--accent); }
    .files .what { font-size: .78rem; color: var(--faint); margin-right: .25rem; }
    .images { margin-top: clamp(3rem, 7vw, 6rem); }
    .image { display: grid; grid-template-columns: minmax(0, 1.55fr) minmax(19rem, 1fr); gap: var(--gap) clamp(1.5rem, 3.5vw, 3.75rem); padding-block: clamp(2.5rem, 6vw, 5.5rem); border-top: 1px solid var(--line); align-items: center; }
    .view { background: #000; border-radius: 4px; overflow: hidden; }
    .view img { width: 100%; max-height: 88vh; object-fit: contain; }
    .number { display: inline-grid; place-items: center; width: 1.9rem; height: 1.9rem; margin: 0 0 .9rem; border: 1.5px solid var(--faint); border-radius: 50%; font-size: .85rem; font-weight: 600; line-height: 1; color: var(--dim); }
    .image:target .number { border-color: var(--accent); background: var(--accent); color: #000; }
    .id { margin: .45rem 0 0; font: .8rem ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; color: var(--faint); overflow-wrap: anywhere; }
    .caption { color: var(--dim); margin: 1rem 0 1.3rem; text-wrap: pretty; }
    .about table { width: 100%; border-collapse: collapse; font-size: .88rem; line-height: 1.4; margin-bottom: 1.4rem; font-variant-numeric: tabular-nums; }
    .about th { text-align: left; font-weight: 400; color: var(--faint); padding: .42rem .8rem .42rem 0; vertical-align: top; }
    .about td { padding: .42rem 0; vertical-align: top; }
    .about td.range { color: var(--faint); text-align: right; padding-left: .8rem; }
    .about tbody tr { border-top: 1px solid var(--line); }
    .notes { margin: 0 0 1.4rem; padding-left: 1.1rem; color: var(--dim); font-size: .88rem; }
    .strip { grid-column: 1 / -1; display: grid; grid-template-columns: subgrid; align-items: center; }
    .strip a.zoom { display: block; background: #000; }
    .strip img { width: 100%; }
    .strip figcaption { font-size: .88rem; color: var(--dim); }
    .strip p { margin: 0 0 .9rem; text-wrap: pretty; }
    .limb { grid-column: 1 / -1; min-width: 0; }
    .limb .scroll { overflow-x: auto; }
    .limb .roll { position: relative; width: max-content; margin-block: 1.6rem 1.9rem; background: #000; }
    .limb .roll img { display: block; width: auto; height: clamp(9rem, 24vh, 15rem); max-width: none; }
    .limb .plume { position: absolute; bottom: 100%; transform: translateX(-50%); font-size: .75rem; font-weight: 600; color: var(--accent); }
    .limb figcaption { font-size: .88rem; color: var(--dim); }
    .limb p { margin: 0 0 .9rem; max-width: 75ch; text-wrap: pretty; }
    .limb table { border-collapse: collapse; margin-bottom: 1.2rem; white-space: nowrap; font-variant-numeric: tabular-nums; }
    .limb th, .limb td { text-align: left; font-weight: 400; padding: .3rem 1.75rem .3rem 0; border-bottom: 1px solid var(--line); }
    .limb thead th { color: var(--faint); }
    .limb tbody th { color: var(--accent); font-weight: 600; }
    .zoom { display: block; cursor: zoom-in; }
    .failures { border-top: 1px solid var(--line); padding-block: 2.5rem; }
    .failures dt { margin-top: 1rem; font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .88rem; }
    .failures dd { margin: 0; color: var(--dim); }
    footer { border-top: 1px solid var(--line); padding-block: 2.5rem 4rem; color: var(--dim); font-size: .88rem; }
    footer p { max-width: 75ch; }
    .credit { color: var(--ink); }
    summary { cursor: pointer; }
    .sums { overflow-x: auto; margin-top: 1rem; }
    .sums table { border-collapse: collapse; font-size: .78rem; white-space: nowrap; }
    .sums th, .sums td { text-align: left; padding: .3rem 1.5rem .3rem 0; border-bottom: 1px solid var(--line); }
    .sums th { color: var(--faint); font-weight: 400; }
    dialog.lightbox { border: 0; padding: 0; margin: 0; width: 100vw; height: 100vh; max-width: none; max-height: none; background: #000; color: var(--dim); overflow: auto; overscroll-behavior: contain; }
    dialog.lightbox::backdrop { background: #000; }
    .lightbox img { width: 100%; height: 100%; object-fit: contain; cursor: zoom-in; }
    .lightbox.full img { width: auto; height: auto; max-width: none; margin: auto; cursor: zoom-out; }
    .lightbox p { position: fixed; left: 0; right: 0; bottom: 0; margin: 0; padding: 2.5rem 5rem 1rem; text-align: center; font-size: .85rem; background: linear-gradient(transparent, #000c); pointer-events: none; }
    .lightbox button { position: fixed; width: 2.9rem; height: 2.9rem; border: 0; border-radius: 50%; background: #1a1a1cd9; color: #fff; font: 1.6rem/1 system-ui, sans-serif; cursor: pointer; }
    .lightbox button:hover { background: var(--accent); color: #000; }
    .lightbox .previous { left: 1rem; top: calc(50% - 1.45rem); }
    .lightbox .next { right: 1rem; top: calc(50% - 1.45rem); }
    .lightbox .close { right: 1rem; top: 1rem; }
    @media (max-width: 900px) {
      .image { grid-template-columns: minmax(0, 1fr); }
      .strip { row-gap: .9rem; }
      .map figcaption { grid-template-columns: minmax(0, 1fr); }
      .where { text-align: left; min-width: 0; }
      .spots a { width: 1.25rem; height: 1.25rem; font-size: .66rem; }
    }
    @media (max-width: 620px) {
      .ticks.across span:nth-child(even), .ticks.along { display: none; }
      .about td.range { display: none; }
      .facts dd { font-size: 1.2rem; }
    }
    @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } * { transition: none !important; } }
    @media print { body { background: #fff; color: #000; } .lightbox, .skip { display: none; } }

    """#
}
