/// The page's markup, in Mustache: text is escaped wherever it is written with two braces.
enum PageTemplate {
  static let html = #"""
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="dark">
    <meta name="generator" content="{{generator}}">
    <meta name="description" content="{{summary}}">
    <title>{{title}}</title>
    <style>{{{style}}}</style>
    </head>
    <body>
    <a class="skip" href="#images">Skip to the images</a>
    <header class="top">
      <p class="kicker">{{kicker}}</p>
      <h1>{{title}}</h1>
      <p class="lede">{{summary}}</p>
      {{#facts}}
      <dl class="facts">
        {{#items}}
        <div><dt>{{term}}</dt><dd>{{value}}{{#unit}}<span class="unit">{{unit}}</span>{{/unit}}</dd></div>
        {{/items}}
      </dl>
      {{/facts}}
    </header>
    <main>
    {{#hero}}
    <section class="hero" aria-labelledby="map-title">
      <figure class="map"{{#overlay}} data-west="{{west}}" data-east="{{east}}" data-south="{{south}}" data-north="{{north}}"{{/overlay}}>
        <div class="frame">
          <a class="zoom" href="{{picture.path}}"><img src="{{picture.path}}"{{#picture.sources}} srcset="{{picture.sources}}" sizes="(min-width: 1500px) 1440px, 96vw"{{/picture.sources}} width="{{picture.width}}" height="{{picture.height}}" alt="{{picture.alt}}" fetchpriority="high"></a>
          {{#overlay}}
          <svg class="grid" viewBox="0 0 {{width}} {{height}}" preserveAspectRatio="none" aria-hidden="true">{{#lines}}<path d="{{path}}"{{#isMain}} class="main"{{/isMain}}/>{{/lines}}</svg>
          <ol class="spots">
            {{#spots}}
            <li style="left:{{left}}%;top:{{top}}%"><a href="#{{anchor}}" title="{{label}}" aria-label="{{label}}">{{number}}</a></li>
            {{/spots}}
          </ol>
          <div class="ticks across" aria-hidden="true">{{#longitudes}}<span style="left:{{position}}%">{{text}}</span>{{/longitudes}}</div>
          <div class="ticks along" aria-hidden="true">{{#latitudes}}<span style="top:{{position}}%">{{text}}</span>{{/latitudes}}</div>
          {{/overlay}}
        </div>
        <figcaption>
          <div>
            <h2 id="map-title">{{heading}}</h2>
            <p>{{caption}}</p>
          </div>
          {{#overlay}}<output class="where" aria-live="off">{{hint}}</output>{{/overlay}}
          <ul class="files">{{#files}}<li><a href="{{path}}" title="{{title}}"><b>{{label}}</b> {{size}}</a></li>{{/files}}</ul>
        </figcaption>
      </figure>
    </section>
    {{/hero}}
    <div id="images" class="images">
    {{#images}}
    <article id="{{anchor}}" class="image" aria-labelledby="{{anchor}}-title">
      {{#view}}
      <figure class="view">
        <a class="zoom" href="{{picture.path}}"><img src="{{picture.path}}"{{#picture.sources}} srcset="{{picture.sources}}" sizes="(min-width: 1100px) 60vw, 96vw"{{/picture.sources}} width="{{picture.width}}" height="{{picture.height}}" alt="{{picture.alt}}" loading="lazy"></a>
      </figure>
      {{/view}}
      <div class="about">
        <p class="number" aria-hidden="true">{{number}}</p>
        <h2 id="{{anchor}}-title">{{heading}}</h2>
        <p class="id">{{id}}</p>
        <p class="caption">{{caption}}</p>
        <table>
          <caption class="hidden">Geometry of {{id}}</caption>
          <thead class="hidden"><tr><th scope="col">Quantity</th><th scope="col">At mid-image</th><th scope="col">From first to last frame</th></tr></thead>
          <tbody>
          {{#rows}}
          <tr><th scope="row">{{term}}</th><td>{{value}}{{#second}}<br>{{second}}{{/second}}</td><td class="range">{{range}}</td></tr>
          {{/rows}}
          </tbody>
        </table>
        {{#notes}}
        <ul class="notes">{{#items}}<li>{{.}}</li>{{/items}}</ul>
        {{/notes}}
        {{#fit}}
        <ul class="files"><li class="what">Registration</li><li><a href="{{fit}}" title="Residuals of limb and overlaps"><b>Fit</b> SVG</a></li></ul>
        {{/fit}}
        {{#view}}
        <ul class="files" aria-label="Files of the view"><li class="what">View</li>{{#files}}<li><a href="{{path}}" title="{{title}}"><b>{{label}}</b> {{size}}</a></li>{{/files}}</ul>
        {{/view}}
      </div>
      {{#limb}}
      <figure class="limb">
        {{#picture}}
        <div class="scroll" tabindex="0" role="group" aria-label="Unrolled limb, scrolls sideways"><div class="roll">
          <a class="zoom" href="{{path}}"><img src="{{path}}" width="{{width}}" height="{{height}}" alt="{{alt}}" loading="lazy"></a>
          {{#spots}}<span class="plume" style="left:{{left}}%" aria-hidden="true">{{number}}</span>{{/spots}}
          <div class="ticks across" aria-hidden="true">{{#ticks}}<span style="left:{{position}}%">{{text}}</span>{{/ticks}}</div>
        </div></div>
        {{/picture}}
        <figcaption>
          <p>{{caption}}</p>
          {{#plumes}}
          <div class="scroll"><table>
            <thead><tr><th scope="col">Plume</th><th scope="col">Position angle</th><th scope="col">Limb point</th><th scope="col">Height</th><th scope="col">Peak I/F</th><th scope="col">Significance</th></tr></thead>
            <tbody>{{#items}}<tr><th scope="row">{{number}}</th><td>{{angle}}</td><td>{{place}}</td><td>{{height}}</td><td>{{peak}}</td><td>{{significance}}</td></tr>{{/items}}</tbody>
          </table></div>
          {{/plumes}}
          <ul class="files"><li class="what">Limb</li>{{#files}}<li><a href="{{path}}" title="{{title}}"><b>{{label}}</b> {{size}}</a></li>{{/files}}{{#tables}}<li><a href="{{path}}" title="{{title}}"><b>{{label}}</b> {{size}}</a></li>{{/tables}}</ul>
        </figcaption>
      </figure>
      {{/limb}}
      {{#maps}}
      <figure class="strip">
        {{#picture}}
        <a class="zoom" href="{{path}}"><img src="{{path}}"{{#sources}} srcset="{{sources}}" sizes="(min-width: 1500px) 1440px, 96vw"{{/sources}} width="{{width}}" height="{{height}}" alt="{{alt}}" loading="lazy"></a>
        {{/picture}}
        <figcaption><p>{{caption}}</p><ul class="files"><li class="what">Map</li>{{#files}}<li><a href="{{path}}" title="{{title}}"><b>{{label}}</b> {{size}}</a></li>{{/files}}</ul></figcaption>
      </figure>
      {{/maps}}
    </article>
    {{/images}}
    </div>
    {{#failures}}
    <section class="failures" aria-labelledby="failures-title">
      <h2 id="failures-title">Images that could not be used</h2>
      <dl>{{#items}}<dt>{{image}}</dt><dd>{{stage}}: {{reason}}</dd>{{/items}}</dl>
    </section>
    {{/failures}}
    </main>
    <footer>
      <p class="credit">{{credit}}</p>
      <p>Made by {{generator}}. Every number that went into these files is in <a href="manifest.json">manifest.json</a>. Longitudes are given east and west; latitudes are planetocentric.</p>
      <details>
        <summary>Inputs, kernels and their SHA-256</summary>
        <div class="sums"><table>
          <thead><tr><th scope="col">File</th><th scope="col">Size</th><th scope="col">SHA-256</th></tr></thead>
          <tbody>{{#inputs}}<tr><td>{{name}}</td><td>{{size}}</td><td><code>{{sha256}}</code></td></tr>{{/inputs}}</tbody>
        </table></div>
      </details>
    </footer>
    <dialog class="lightbox" aria-label="Picture at full size">
      <img alt="">
      <p></p>
      <button class="previous" type="button" aria-label="Previous picture">&#8249;</button>
      <button class="next" type="button" aria-label="Next picture">&#8250;</button>
      <button class="close" type="button" aria-label="Close">&#215;</button>
    </dialog>
    <script>{{{script}}}</script>
    </body>
    </html>

    """#
}
