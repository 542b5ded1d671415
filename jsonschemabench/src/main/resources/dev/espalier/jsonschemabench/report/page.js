(function () {
  'use strict';

  var root = document.documentElement;
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  var PAPER_WIDTH = 720;

  function plain(number) {
    return String(+number.toPrecision(3));
  }

  function nanos(value) {
    if (value < 1e3) { return plain(value) + ' ns'; }
    if (value < 1e6) { return plain(value / 1e3) + ' µs'; }
    if (value < 1e9) { return plain(value / 1e6) + ' ms'; }
    return plain(value / 1e9) + ' s';
  }

  function bytes(value) {
    if (value < 1e3) { return plain(value) + ' B'; }
    if (value < 1e6) { return plain(value / 1e3) + ' kB'; }
    return plain(value / 1e6) + ' MB';
  }

  function share(value) {
    return plain(value * 100) + ' %';
  }

  function text(value) { // tooltips are HTML
    return echarts.format.encodeHTML(String(value));
  }

  var functions = {
    plain: plain,
    nanos: nanos,
    bytes: bytes,
    share: share,
    exceedance: function (point) {
      return text(point.seriesName) + '<br>' + share(point.value[1]) + ' took ' + nanos(point.value[0]) + ' or longer';
    },
    measured: function (point) {
      return text(point.seriesName) + '<br>' + plain(point.value[1]) + ' at ' + plain(point.value[0]);
    },
    point: function (point) {
      return text(point.value[2]) + '<br>' + bytes(point.value[0]) + ', ' + nanos(point.value[1]);
    },
    shares: function (points) {
      return points.reduce(function (lines, point) {
        return point.data.count === 0 ? lines : lines + '<br>' + point.marker + text(point.seriesName) + ' '
          + point.data.count + ' (' + plain(point.data.value) + ' %)';
      }, text(points[0].axisValue));
    }
  };

  function colour(name) {
    return getComputedStyle(root).getPropertyValue('--' + name).trim();
  }

  function resolved(value) {
    if (typeof value === 'string') {
      if (value.indexOf('var:') === 0) { return colour(value.slice(4)); }
      return value.indexOf('fn:') === 0 ? functions[value.slice(3)] : value;
    }
    if (value === null || typeof value !== 'object') { return value; }
    if (Array.isArray(value)) {
      return typeof value[0] === 'number' ? value : value.map(resolved);
    }
    return Object.keys(value).reduce(function (copy, key) {
      copy[key] = key === 'data' && typeof value[key][0] === 'string' ? value[key] : resolved(value[key]);
      return copy;
    }, {});
  }

  function theme() {
    var ink = colour('ink');
    var axis = {
      axisLine: { lineStyle: { color: colour('line') } },
      axisTick: { lineStyle: { color: colour('line') } },
      axisLabel: { color: ink },
      nameTextStyle: { color: colour('faint') },
      splitLine: { lineStyle: { color: colour('line'), opacity: 0.6 } }
    };
    return {
      backgroundColor: 'transparent',
      textStyle: { color: ink, fontFamily: getComputedStyle(document.body).fontFamily },
      legend: { textStyle: { color: ink } },
      tooltip: { backgroundColor: colour('card'), borderColor: colour('line'), textStyle: { color: ink }, confine: true },
      categoryAxis: Object.assign({}, axis, { splitLine: { show: false } }),
      valueAxis: axis,
      logAxis: axis
    };
  }

  var charts = Array.prototype.map.call(document.querySelectorAll('.chart'), function (place) {
    return { place: place, option: JSON.parse(place.nextElementSibling.textContent), shown: null };
  });

  function option(chart) {
    return Object.assign({ animation: false }, resolved(chart.option));
  }

  function clear(chart) {
    if (chart.shown) {
      chart.shown.dispose();
      chart.shown = null;
    }
    chart.place.textContent = '';
  }

  function onScreen() {
    charts.forEach(function (chart) {
      clear(chart);
      chart.place.style.height = chart.place.dataset.height || chart.place.style.height;
      chart.shown = echarts.init(chart.place, theme(), { renderer: 'svg' });
      chart.shown.setOption(option(chart));
    });
  }

  function onPaper() { // drawings of a fixed width that the page scales
    root.classList.add('printing');
    charts.forEach(function (chart) {
      clear(chart);
      var height = parseInt(chart.place.style.height, 10);
      chart.place.dataset.height = height + 'px';
      var drawing = echarts.init(null, theme(), { renderer: 'svg', ssr: true, width: PAPER_WIDTH, height: height });
      drawing.setOption(option(chart));
      chart.place.innerHTML = drawing.renderToSVGString();
      chart.place.style.height = 'auto';
      drawing.dispose();
    });
  }

  if (charts.length > 0) {
    onScreen();
    dark.addEventListener('change', onScreen);
    window.addEventListener('resize', function () {
      charts.forEach(function (chart) { if (chart.shown) { chart.shown.resize(); } });
    });
  }
  window.addEventListener('beforeprint', onPaper);
  window.addEventListener('afterprint', function () {
    root.classList.remove('printing');
    onScreen();
  });
}());
