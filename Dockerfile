# The workbook from Debian's packages and Maven Central alone, for Binder and for dev containers.
# Debian has no JupyterLab: on Binder the address ends in ?urlpath=tree/notebooks.
#   docker build -t hgn . && docker run --rm -p 8888:8888 hgn
FROM debian:bookworm-slim

ARG NB_USER=jovyan
ARG NB_UID=1000
ENV USER=${NB_USER} HOME=/home/${NB_USER} LANG=C.UTF-8

RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      ca-certificates git openjdk-17-jdk-headless maven jupyter-notebook jupyter-nbconvert \
      fontconfig fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid ${NB_UID} ${NB_USER}

COPY --chown=${NB_UID} . ${HOME}/workbook
USER ${NB_USER}
WORKDIR ${HOME}/workbook
RUN mvn -B -q -DskipTests package && ./workbook kernel install && ./workbook doctor

EXPOSE 8888
CMD ["jupyter", "notebook", "--ip=0.0.0.0", "--port=8888", "--no-browser", "--notebook-dir=notebooks"]
