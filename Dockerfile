# Parley as one static program in an image with nothing else in it but
# certificates and time zones, and a folder for the files that parents send.

FROM node:22-bookworm AS pages
WORKDIR /src
COPY Makefile ./
COPY internal/web internal/web
RUN make assets

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=pages /src/internal/web/static internal/web/static
ARG VERSION=
RUN make build VERSION="$VERSION" && mkdir -p /folders/evidence

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /src/parley /parley
COPY --from=build --chown=65532:65532 /folders/ /
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/parley"]
CMD ["serve"]
