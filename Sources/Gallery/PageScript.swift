/// The page's script: everything works without it; with it, the map says where the pointer is and
/// pictures open in place.
enum PageScript {
  static let javaScript = #"""

    (function () {
      "use strict";
      function degrees(value, positive, negative) {
        return Math.abs(value).toFixed(1) + "\u00b0\u00a0" + (value < 0 ? negative : positive);
      }
      document.querySelectorAll(".map[data-west]").forEach(function (map) {
        var image = map.querySelector("img"), where = map.querySelector(".where"), edges = map.dataset;
        if (!image || !where) { return; }
        var hint = where.textContent;
        map.querySelector(".frame").addEventListener("pointermove", function (event) {
          var box = image.getBoundingClientRect();
          var x = (event.clientX - box.left) / box.width, y = (event.clientY - box.top) / box.height;
          if (x < 0 || x > 1 || y < 0 || y > 1) { where.textContent = hint; return; }
          var east = ((+edges.west + x * (edges.east - edges.west)) % 360 + 360) % 360;
          var latitude = +edges.north + y * (edges.south - edges.north);
          where.textContent = degrees(latitude, "N", "S") + "  " + east.toFixed(1) + "\u00b0\u00a0E  " +
            ((360 - east) % 360).toFixed(1) + "\u00b0\u00a0W";
        });
        map.querySelector(".frame").addEventListener("pointerleave", function () { where.textContent = hint; });
      });

      var box = document.querySelector("dialog.lightbox");
      if (!box || !box.showModal) { return; }
      var links = Array.prototype.slice.call(document.querySelectorAll("a.zoom"));
      var picture = box.querySelector("img"), text = box.querySelector("p"), current = 0;
      function show(index) {
        current = (index + links.length) % links.length;
        var inner = links[current].querySelector("img");
        box.classList.remove("full");
        picture.src = links[current].href;
        picture.alt = inner ? inner.alt : "";
        text.textContent = picture.alt;
      }
      links.forEach(function (link, index) {
        link.addEventListener("click", function (event) {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) { return; }
          event.preventDefault();
          show(index);
          box.showModal();
        });
      });
      picture.addEventListener("click", function (event) {
        var x = event.offsetX / picture.clientWidth, y = event.offsetY / picture.clientHeight;
        if (box.classList.toggle("full")) {
          box.scrollTo(x * picture.clientWidth - innerWidth / 2, y * picture.clientHeight - innerHeight / 2);
        }
      });
      box.querySelector(".previous").addEventListener("click", function () { show(current - 1); });
      box.querySelector(".next").addEventListener("click", function () { show(current + 1); });
      box.querySelector(".close").addEventListener("click", function () { box.close(); });
      box.addEventListener("close", function () { links[current].focus(); });
      box.addEventListener("keydown", function (event) {
        if (box.classList.contains("full")) { return; }
        if (event.key === "ArrowLeft") { show(current - 1); event.preventDefault(); }
        if (event.key === "ArrowRight") { show(current + 1); event.preventDefault(); }
      });
    })();

    """#
}
